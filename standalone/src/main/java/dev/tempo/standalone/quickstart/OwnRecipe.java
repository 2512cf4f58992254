package dev.tempo.standalone.quickstart;

import dev.tempo.standalone.progress.TypedCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A directory to begin one's own experiment with: a commented recipe and small data files, in the quickstart's language. */
public final class OwnRecipe {
    private static final int LABELED = 48;
    private static final int UNLABELED = 32;
    private static final int HOLDOUT = 32;

    private final Path directory;
    private final Path home;

    /**
     * A recipe to be written; nothing is yet.
     *
     * @param home the project's directory, which has the quickstart's base model, schema and documents
     */
    public OwnRecipe(Path directory, Path home) {
        this.directory = directory;
        this.home = home;
    }

    /** The recipe's file. */
    public Path file() {
        return directory.resolve("recipe.yaml");
    }

    /** The files that {@link #write} makes. */
    public List<Path> files() {
        return List.of(
                file(),
                directory.resolve("labeled.jsonl"),
                directory.resolve("unlabeled.jsonl"),
                directory.resolve("holdout.jsonl"));
    }

    /**
     * The recipe and its data files, written over whatever is there.
     *
     * @param name of the recipe
     * @throws UncheckedIOException where the directory cannot be written
     */
    public void write(String name) {
        World world = new World(0);
        List<ChainQuestion> labeled = new ArrayList<>(world.labeledTraining().subList(0, LABELED));
        labeled.addAll(world.labeledCalibration().subList(0, LABELED));
        WorldFiles data = new WorldFiles(directory, new SymbolLanguage());
        data.write("labeled.jsonl", data.rows("labeled", labeled, true));
        data.write("unlabeled.jsonl", data.rows("unlabeled", world.unlabeled().subList(0, UNLABELED), false));
        data.write("holdout.jsonl", data.rows("holdout", world.holdout().subList(0, HOLDOUT), true));
        try {
            Files.writeString(file(), recipe(name));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(file() + " cannot be written", unwritable);
        }
    }

    private String recipe(String name) throws IOException {
        Path recipes = home.resolve("recipes");
        try (InputStream template = OwnRecipe.class.getResourceAsStream("own-recipe.yaml")) {
            String text = new String(Objects.requireNonNull(template).readAllBytes(), StandardCharsets.UTF_8);
            return text.replace("@TEMPO@", TypedCommand.name())
                    .replace("@SCHEMA@", fromHere(recipes.resolve("recipe.schema.json")))
                    .replace("@RECIPE@", file().toString())
                    .replace("@REFERENCE@", fromHere(home.resolve("docs").resolve("recipe-reference.md")))
                    .replace("@NAME@", name)
                    .replace("@MODEL@", quoted(fromHere(recipes.resolve("quickstart/seed0/base"))));
        }
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** Relative within the project, so that both can be moved together; else as it is. */
    private String fromHere(Path path) {
        Path here = directory.toAbsolutePath().normalize();
        return here.startsWith(home) ? here.relativize(path).toString() : path.toString();
    }
}
