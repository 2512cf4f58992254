package dev.tempo.recipes;

import dev.tempo.contract.recipe.Data;
import dev.tempo.contract.recipe.LabeledFile;
import dev.tempo.contract.recipe.RehearsalFile;
import dev.tempo.recipes.shape.Field;
import dev.tempo.recipes.shape.Section;
import dev.tempo.recipes.shape.SectionShape;

/** The shape of section {@code data}. */
final class DataShape extends SectionShape<Data> {
    private final Field<Data, LabeledFile> labeled = field("labeled", new LabeledShape(), Data::labeled)
            .optional("no labeled questions")
            .means("The labeled questions (D_L), which stages of reward `verdict` and every E-step need.");
    private final Field<Data, UnlabeledShape.Written> unlabeled = field(
                    "unlabeled", new UnlabeledShape(), UnlabeledShape.Written::of)
            .optional("no unlabeled questions")
            .means("The unlabeled questions (D_u) of test-time training.");
    private final Field<Data, RehearsalFile> rehearsal = field("rehearsal", new RehearsalShape(), Data::rehearsal)
            .optional("no traces")
            .means("Traces of the base model's own corpus, which stages with `policy.rehearsal` above 0 need.");

    DataShape() {
        super("The data files: JSON lines, JSON, Parquet or CSV, or directories of them, as docs/data.md says."
                + " Columns go by name, and what lies inside of one by a path such as `reward_model.ground_truth`."
                + " Each file is read by the one service that owns it.");
    }

    @Override
    protected Data build(Section s) {
        UnlabeledShape.Written questions = s.find(unlabeled);
        return questions == null
                ? new Data(s.find(labeled), null, s.find(rehearsal))
                : new Data(s.find(labeled), questions.file(), s.find(rehearsal), questions.arriving());
    }
}
