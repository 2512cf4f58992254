package dev.tempo.recipes;

import dev.tempo.contract.recipe.UnlabeledFile;
import dev.tempo.recipes.shape.Field;
import dev.tempo.recipes.shape.PathShape;
import dev.tempo.recipes.shape.Section;
import dev.tempo.recipes.shape.SectionShape;
import dev.tempo.recipes.shape.TextShape;

/** The shape of section {@code data.unlabeled}. */
final class UnlabeledShape extends SectionShape<UnlabeledFile> {
    private final Field<UnlabeledFile, String> file = field("file", new PathShape(), UnlabeledFile::file)
            .means("The file or directory; `{seed}` in it stands for the seed.");
    private final Field<UnlabeledFile, String> id = field("id", TextShape.WORD, UnlabeledFile::id)
            .optional("rows are numbered")
            .means("Column of a unique id.");
    private final Field<UnlabeledFile, String> question = field("question", TextShape.WORD, UnlabeledFile::question)
            .otherwise("question")
            .means("Column of the question.");
    private final Field<UnlabeledFile, String> domain = field("domain", TextShape.WORD, UnlabeledFile::domain)
            .optional("every row is `default`")
            .means("Column of the domain, which says by whose chain of `judges` votes find the answers.");

    UnlabeledShape() {
        super("Unlabeled questions. A column `answer`, or verl's `reward_model`, is refused.");
    }

    @Override
    protected UnlabeledFile build(Section s) {
        return new UnlabeledFile(s.get(file), s.find(id), s.get(question), s.find(domain));
    }
}
