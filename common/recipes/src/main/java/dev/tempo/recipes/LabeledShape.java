package dev.tempo.recipes;

import dev.tempo.contract.recipe.LabeledFile;
import dev.tempo.recipes.shape.Field;
import dev.tempo.recipes.shape.PathShape;
import dev.tempo.recipes.shape.Section;
import dev.tempo.recipes.shape.SectionShape;
import dev.tempo.recipes.shape.TextShape;

/** The shape of section {@code data.labeled}. */
final class LabeledShape extends SectionShape<LabeledFile> {
    private final Field<LabeledFile, String> file = field("file", new PathShape(), LabeledFile::file)
            .means("The file or directory; `{seed}` in it stands for the seed.");
    private final Field<LabeledFile, String> id = field("id", TextShape.WORD, LabeledFile::id)
            .optional("rows are numbered")
            .means("Column of a unique id.");
    private final Field<LabeledFile, String> question = field("question", TextShape.WORD, LabeledFile::question)
            .otherwise("question")
            .means("Column of the question.");
    private final Field<LabeledFile, String> answer = field("answer", TextShape.WORD, LabeledFile::answer)
            .otherwise("answer")
            .means("Column of the reference answer.");
    private final Field<LabeledFile, String> split = field("split", TextShape.WORD, LabeledFile::split)
            .optional("every row is both")
            .means("Column that says `train` or `calibration`.");
    private final Field<LabeledFile, String> domain = field("domain", TextShape.WORD, LabeledFile::domain)
            .optional("every row is `default`")
            .means("Column of the domain, which says whose chain of `judges` a row goes to.");

    LabeledShape() {
        super("Labeled questions.");
    }

    @Override
    protected LabeledFile build(Section s) {
        return new LabeledFile(s.get(file), s.find(id), s.get(question), s.get(answer), s.find(split), s.find(domain));
    }
}
