package dev.tempo.standalone.command;

import dev.tempo.contract.Run;
import dev.tempo.contract.UserException;
import dev.tempo.contract.recipe.VersionName;
import dev.tempo.model.WeightType;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.export.GgufExport;
import dev.tempo.model.export.ModelExport;
import dev.tempo.model.export.ScriptExport;
import dev.tempo.standalone.evaluation.KeptVersions;
import dev.tempo.standalone.launch.Launch;
import dev.tempo.standalone.publish.FinalModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tempo export}: a policy version as a Hugging Face directory, or as one GGUF file for llama.cpp. */
@Command(
        name = "export",
        sortOptions = false,
        description = {
            "Writes a version of a run's policy as a Hugging Face directory.",
            "It is a model or, where the run trains a LoRA adapter, that adapter in PEFT's form, with a model card. With"
                    + " --torchscript the scripts of a model are written instead, without a run.",
            "With --gguf it is one file for llama.cpp, Ollama, LM Studio and whatever else reads GGUF, of a run's policy or of a"
                    + " model's directory; an adapter is merged into its base. What llama.cpp does otherwise is said, and what"
                    + " it cannot compute is refused.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The directory or file is written.",
            "1:There is no such run or version, the directory or file is there already, or llama.cpp cannot compute the model.",
            "2:The command line is not understood."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./tempo export quickstart-s0-1121-141831 --out my-model",
            "  ./tempo export quickstart-s0-1121-141831 --version v40 --out at-v40",
            "  ./tempo export quickstart-s0-1121-141831 --gguf my-model.gguf"
        })
public final class ExportCommand implements Callable<Integer> {

    /** The names under which floating-point types are given. */
    enum NumberType {
        F32(WeightType.FLOAT32),
        BF16(WeightType.BFLOAT16),
        F16(WeightType.FLOAT16);

        private final WeightType weights;

        NumberType(WeightType weights) {
            this.weights = weights;
        }
    }

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            description = "The id of a run; for --gguf also the directory of a model.")
    private @Nullable String run;

    @Option(
            names = "--version",
            paramLabel = "vN",
            description = "The policy version, by its number as it stands beside its name: v40 (default: the latest).")
    private @Nullable String version;

    @Option(names = "--out", paramLabel = "DIR", description = "Where to write, a new directory.")
    private @Nullable Path out;

    @Option(names = "--gguf", paramLabel = "FILE", description = "Write one GGUF file instead, a new one.")
    private @Nullable Path gguf;

    @Option(
            names = "--dtype",
            paramLabel = "TYPE",
            description =
                    "The type of the numbers: f32, bf16 or f16 (default: as the version is stored, without loss).")
    private @Nullable NumberType type;

    @Option(names = "--merged", description = "Merge a LoRA adapter into its base: a model that needs no PEFT.")
    private boolean merged;

    @Option(
            names = "--torchscript",
            paramLabel = "DIR",
            description =
                    "Write the scripts of a model's shape instead, for any PyTorch to load, with example inputs and"
                            + " what they give, and a Python program that checks and times them.")
    private @Nullable Path scripts;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "The model whose scripts --torchscript writes; with nothing but a config.json in it, without"
                    + " examples.")
    private @Nullable Path model;

    // The standard help options would take --version for the program's own.
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    private boolean help;

    @Mixin
    private final Place place = new Place();

    @Override
    public Integer call() {
        if (scripts != null || model != null) {
            if (scripts == null || model == null || run != null || out != null || gguf != null) {
                throw new UserException(
                        "scripts are exported by --torchscript DIR --model DIR, without a run, --out and --gguf");
            }
            return exportScripts(model, scripts);
        }
        if (gguf != null) {
            if (run == null || out != null || merged) {
                throw new UserException(
                        "a GGUF file is exported by RUN --gguf FILE or DIR --gguf FILE, without --out and --merged");
            }
            return exportGguf(run, gguf);
        }
        if (run == null || out == null) {
            throw new UserException("name a run and, by --out, a new directory");
        }
        return exportVersion(run, out);
    }

    private static int exportScripts(Path model, Path directory) {
        refuseExisting(directory);
        ScriptExport.write(model, directory);
        System.out.println("the scripts of " + model + " are in " + directory + "; check them with python3 "
                + directory.resolve(ScriptExport.PROGRAM) + " " + directory);
        return 0;
    }

    private static void refuseExisting(Path directory) {
        if (Files.exists(directory)) {
            throw new UserException(directory + " is there already; name a new one");
        }
    }

    private int exportGguf(String from, Path file) {
        Path model = Path.of(from);
        String name = from;
        if (ModelDirectory.isIn(model)) {
            if (version != null) {
                throw new UserException(
                        "--version chooses among a run's versions, but " + from + " is a model's directory");
            }
            name = String.valueOf(model.toAbsolutePath().normalize().getFileName());
        } else {
            Run submitted = Launch.submission(place.workspace(), from);
            KeptVersions kept = KeptVersions.of(submitted, place.workspace().run(from));
            int wanted = kept.numbered(version);
            model = kept.directory(wanted);
            name = from + ", " + VersionName.of(submitted.recipe(), wanted);
        }
        refuseExisting(file);
        List<String> notes = GgufExport.write(model, file, numbers(new ModelDirectory(model)), name);
        System.out.println(name + " is in " + file);
        notes.forEach(note -> System.out.println("note: " + note));
        return 0;
    }

    private int exportVersion(String run, Path out) {
        Run submitted = Launch.submission(place.workspace(), run);
        Path directory = place.workspace().run(run);
        KeptVersions kept = KeptVersions.of(submitted, directory);
        int wanted = kept.numbered(version);
        refuseExisting(out);
        ModelDirectory stored = new ModelDirectory(kept.directory(wanted));
        boolean adapter = stored.isAdapter() && !merged;
        if (adapter) {
            ModelExport.writeAdapter(stored.path(), out, numbers(stored));
        } else {
            ModelExport.write(stored.path(), out, numbers(stored));
        }
        new FinalModel(submitted, wanted, directory).complete(out);
        System.out.println(VersionName.of(submitted.recipe(), wanted) + " of run " + run
                + (adapter ? ", an adapter," : "") + " is in " + out);
        return 0;
    }

    private WeightType numbers(ModelDirectory stored) {
        return type == null ? stored.weightType() : type.weights;
    }
}
