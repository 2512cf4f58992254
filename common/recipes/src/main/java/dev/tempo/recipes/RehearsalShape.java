package dev.tempo.recipes;

import dev.tempo.contract.recipe.RehearsalFile;
import dev.tempo.recipes.shape.Field;
import dev.tempo.recipes.shape.PathShape;
import dev.tempo.recipes.shape.Section;
import dev.tempo.recipes.shape.SectionShape;
import dev.tempo.recipes.shape.TextShape;

/** The shape of section {@code data.rehearsal}. */
final class RehearsalShape extends SectionShape<RehearsalFile> {
    private final Field<RehearsalFile, String> file = field("file", new PathShape(), RehearsalFile::file)
            .means("The file or directory; `{seed}` in it stands for the seed.");
    private final Field<RehearsalFile, String> question = field("question", TextShape.WORD, RehearsalFile::question)
            .otherwise("question")
            .means("Column of the prompt.");
    private final Field<RehearsalFile, String> response = field("response", TextShape.WORD, RehearsalFile::response)
            .otherwise("response")
            .means("Column of the trace.");
    private final Field<RehearsalFile, String> environment = field(
                    "environment", TextShape.WORD, RehearsalFile::environment)
            .otherwise("environment")
            .means("Column of the positions of those of the trace's tokens that an environment wrote.");

    RehearsalShape() {
        super("Traces for the rehearsal (PTX) loss.");
    }

    @Override
    protected RehearsalFile build(Section s) {
        return new RehearsalFile(s.get(file), s.get(question), s.get(response), s.get(environment));
    }
}
