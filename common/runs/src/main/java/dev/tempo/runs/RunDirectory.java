package dev.tempo.runs;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Run;
import dev.tempo.timeline.TimelineFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The directory of a run, with the name of every file in it. All code that reads or writes one of these files gets its path
 * here.
 *
 * <pre>
 * run.json             what was submitted; written last, so its presence makes the directory a run
 * recipe.yaml          the recipe with all that it extends and every default
 * launch.json          what the run was launched with (threads, device, judges)
 * cached-reports.json  measurements of stages that came from the cache
 * judges/              the jars with judges that the run began with; judging names it
 * environments/        the jars with environments that the run began with
 * policy/v00030/       policy versions, the newest and the measured ones
 * critic/v00030/       critic versions, likewise
 * checkpoints/         where each trainer goes on after a restart, the newest and the one before, and whose they are; where training may
 *                      go back to promoted versions, those of the last two as well
 * begun/               what the records of the launch and each trainer's checkpoints hash to; a trainer that has a file
 *                      there has begun
 * announced/           what policy-, critic- and eval-service announced, should the broker lose it, and the votes that later rounds
 *                      look back at, likewise
 * known-questions.txt  hashes of questions that are kept out should they arrive, with the reasons, where questions arrive
 * arrived/v00030.json  which questions have arrived and which the round draws, by their ids, of the newest versions
 * promoted/v00030/     the promoted version and the one on trial, where the recipe promotes, and the promoted ones before
 * non-finite/          steps that gave a number that is NaN or infinite, to be taken again by ./tempo replay
 * served.jsonl         what the client of ./tempo serve --demo was answered, and whether that was right
 * stages/NAME/         the last policy and critic of a finished stage
 * computed-by.json     software and machine, where a launcher has noted them
 * cpu-seconds          of the whole system since its launcher began, where there is one
 * metrics.jsonl        one line for every version and measurement
 * tensorboard/         the numbers of metrics.jsonl as an event file of TensorBoard
 * mlflow.json          what MLflow has of them, of a run that has ended and was sent there
 * measured/v00030.json details of a version's measurement that its report has no room for
 * logs/                one file for each process
 * timeline/            when each process did what, for ./tempo timeline; neither compared nor needed to go on
 * questions.jsonl      each question with its responses, of a run that measures and trains nothing
 * evaluation.json      what ./tempo eval made of it, likewise
 * summary.json         numbers of a finished run; its presence makes the run finished
 * report.md            the report for people
 * cancelled            its presence says that the run was cancelled, for those who have no broker to ask
 * final/               the last policy in files for other programs
 * </pre>
 */
public record RunDirectory(Path path) {

    public static RunDirectory of(Run run) {
        return new RunDirectory(Path.of(run.directory()));
    }

    /** The directory of a model that a message refers to. */
    public static Path pathOf(ModelReference model) {
        return Path.of(URI.create(model.uri()));
    }

    public Path submission() {
        return path.resolve("run.json");
    }

    public Path recipe() {
        return path.resolve("recipe.yaml");
    }

    public Path launchSettings() {
        return path.resolve("launch.json");
    }

    public Path cachedReports() {
        return path.resolve("cached-reports.json");
    }

    /** What the records of the launch hash to, as {@code sha256sum -c} reads it. */
    public Path launched() {
        return path.resolve("begun").resolve("launch.sha256");
    }

    /** What the files hash to that the run was given and that lie elsewhere, likewise. */
    public Path given() {
        return path.resolve("begun").resolve("given.sha256");
    }

    /** The software and the machine that compute the run, as its launcher notes them before anything begins. */
    public Path provenance() {
        return path.resolve("computed-by.json");
    }

    /** The seconds of all processors that broker and services have taken, as the launcher notes them from time to time. */
    public Path systemCpu() {
        return path.resolve("cpu-seconds");
    }

    /** Hashes of the questions that are measured or labeled, so that they are kept out should they arrive. */
    public Path knownQuestions() {
        return path.resolve("known-questions.txt");
    }

    public Path environments() {
        return path.resolve("environments");
    }

    /** The files that policy-service writes. */
    public TrainerFiles policy() {
        return new TrainerFiles(path, "policy", "checkpoint.safetensors");
    }

    /** The files that critic-service writes. */
    public TrainerFiles critic() {
        return new TrainerFiles(path, "critic", "state");
    }

    /** The reports that eval-service announced. */
    public Announcements measurements() {
        return new Announcements(path.resolve("announced").resolve("evaluation.jsonl"));
    }

    /** The promotions that eval-service announced, and the versions that it serves or tries. */
    public PromotionFiles promotions() {
        return new PromotionFiles(path, null);
    }

    /** What a demonstration's client was answered. */
    public Path served() {
        return path.resolve("served.jsonl");
    }

    /** The votes that later rounds look back at, as judge-service published them, by round. */
    public HashedLines votes() {
        return new HashedLines(path.resolve("announced").resolve("votes.jsonl"));
    }

    /** Where trainers leave steps that gave a number that is not finite. */
    public Path nonFinite() {
        return path.resolve("non-finite");
    }

    public Path metrics() {
        return path.resolve("metrics.jsonl");
    }

    /** The directory to name to TensorBoard. */
    public Path tensorBoard() {
        return path.resolve("tensorboard");
    }

    /** What MLflow had of a run's measurements when the run ended, where it was sent there. */
    public Path mlflow() {
        return path.resolve("mlflow.json");
    }

    /** The details of a version's measurement, as eval-service leaves them. */
    public Path measured(int version) {
        return path.resolve("measured").resolve(String.format(Locale.ROOT, "v%05d.json", version));
    }

    public Path logs() {
        return path.resolve("logs");
    }

    public Path timeline() {
        return TimelineFiles.in(path);
    }

    /** Each question with its responses, of a run that measures and trains nothing. */
    public Path questions() {
        return path.resolve("questions.jsonl");
    }

    /** The numbers of such a run, its responses' lengths among them. */
    public Path evaluation() {
        return path.resolve("evaluation.json");
    }

    public Path summary() {
        return path.resolve("summary.json");
    }

    public Path report() {
        return path.resolve("report.md");
    }

    public Path finalModel() {
        return path.resolve("final");
    }

    private Path cancelled() {
        return path.resolve("cancelled");
    }

    /** Whether the run was cancelled, as far as that was known where this directory is. */
    public boolean isCancelled() {
        return Files.exists(cancelled());
    }

    /** Notes that the run was cancelled, where the directory is there. */
    public void noteCancelled() {
        try {
            if (Files.isDirectory(path) && !isCancelled()) {
                Files.createFile(cancelled());
            }
        } catch (FileAlreadyExistsException noted) {
            // by somebody else at the same time
        } catch (IOException unwritable) {
            throw new UncheckedIOException(cancelled() + " cannot be written", unwritable);
        }
    }
}
