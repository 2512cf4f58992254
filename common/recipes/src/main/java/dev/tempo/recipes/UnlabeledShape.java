package dev.tempo.recipes;

import dev.tempo.contract.recipe.ArrivalSettings;
import dev.tempo.contract.recipe.Data;
import dev.tempo.contract.recipe.UnlabeledFile;
import dev.tempo.recipes.shape.Field;
import dev.tempo.recipes.shape.PathShape;
import dev.tempo.recipes.shape.Section;
import dev.tempo.recipes.shape.SectionShape;
import dev.tempo.recipes.shape.TextShape;
import dev.tempo.recipes.shape.WordOrShape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The shape of section {@code data.unlabeled}. */
final class UnlabeledShape extends SectionShape<UnlabeledShape.Written> {
    private final Field<Written, String> file = field("file", new PathShape(), ofFile(UnlabeledFile::file))
            .optional("none; `arriving` is needed then")
            .means("The file or directory; `{seed}` in it stands for the seed.");
    private final Field<Written, String> id = field("id", TextShape.WORD, ofFile(UnlabeledFile::id))
            .optional("rows are numbered")
            .means("Column of a unique id.");
    private final Field<Written, String> question = field("question", TextShape.WORD, ofFile(UnlabeledFile::question))
            .optional("`question`")
            .means("Column of the question.");
    private final Field<Written, String> domain = field("domain", TextShape.WORD, ofFile(UnlabeledFile::domain))
            .optional("every row is `default`")
            .means("Column of the domain, which says by whose chain of `judges` votes find the answers.");
    private final Field<Written, Optional<ArrivalSettings>> arriving = field(
                    "arriving",
                    new WordOrShape<>(flags(), new ArrivalShape(), UnlabeledShape::word),
                    written -> written.arriving() == null ? null : Optional.of(written.arriving()))
            .optional("`false`")
            .means("Whether questions that arrive while the run goes on are drawn too, or alone where there is no"
                    + " `file`.");

    UnlabeledShape() {
        super("Unlabeled questions. A column `answer`, or verl's `reward_model`, is refused.");
    }

    /** The section as a recipe has it. */
    record Written(@Nullable UnlabeledFile file, @Nullable ArrivalSettings arriving) {
        static @Nullable Written of(Data data) {
            return data.unlabeled() == null && data.arriving() == null
                    ? null
                    : new Written(data.unlabeled(), data.arriving());
        }
    }

    private static Function<Written, @Nullable String> ofFile(Function<UnlabeledFile, @Nullable String> getter) {
        return written -> written.file() == null ? null : getter.apply(written.file());
    }

    private static Map<String, Optional<ArrivalSettings>> flags() {
        Map<String, Optional<ArrivalSettings>> flags = new LinkedHashMap<>();
        flags.put("true", Optional.of(ArrivalSettings.USUAL));
        flags.put("false", Optional.empty());
        return flags;
    }

    private static @Nullable String word(ArrivalSettings settings) {
        return settings.equals(ArrivalSettings.USUAL) ? "true" : null;
    }

    @Override
    protected Written build(Section s) {
        ArrivalSettings arrivals = s.wordOrSection(arriving);
        String named = s.find(file);
        String column = s.find(question);
        if (named == null) {
            if (arrivals == null) {
                throw new IllegalArgumentException(
                        "unlabeled: name a file, or write 'arriving: true' to draw questions that arrive");
            }
            if (s.find(id) != null || column != null || s.find(domain) != null) {
                throw new IllegalArgumentException(
                        "unlabeled: id, question and domain are columns of a file, but none is named");
            }
            return new Written(null, arrivals);
        }
        return new Written(
                new UnlabeledFile(named, s.find(id), column == null ? "question" : column, s.find(domain)), arrivals);
    }
}
