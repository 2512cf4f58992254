package dev.tempo.datasets.published;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import tools.jackson.databind.JsonNode;

/**
 * The form of GPQA and SciQ: the right answer and wrong ones, in fields of their own. They become options in an order that depends on
 * nothing but question and option.
 */
final class ScienceForm implements RowForm {
    private final String right;
    private final String wrong;

    /**
     * The form whose answers are in the fields named.
     *
     * @param right the field with the right answer
     * @param wrong what the fields with wrong answers are called before their number, which is 1 and more
     */
    ScienceForm(String right, String wrong) {
        this.right = right;
        this.wrong = wrong;
    }

    @Override
    public boolean fits(PublishedRow row, FieldNames names) {
        return row.field(right).isPresent() && row.field(wrong + 1).isPresent();
    }

    @Override
    public String question(PublishedRow row, FieldNames names) {
        try {
            return new Options(shuffled(row)).below(asked(row));
        } catch (IllegalArgumentException unusable) {
            throw row.refused(wrong + 1, String.valueOf(unusable.getMessage()));
        }
    }

    @Override
    public String answer(PublishedRow row, FieldNames names) {
        return String.valueOf(Options.letter(shuffled(row).indexOf(row.text(right, row.required(right)))));
    }

    private List<String> shuffled(PublishedRow row) {
        List<String> options = new ArrayList<>(List.of(row.text(right, row.required(right))));
        Optional<JsonNode> option = row.field(wrong + 1);
        for (int number = 1; option.isPresent(); option = row.field(wrong + ++number)) {
            options.add(row.text(wrong + number, option.get()));
        }
        String question = asked(row);
        options.sort(Comparator.comparingLong((String listed) -> drawn(question + "\n" + listed))
                .thenComparing(Comparator.naturalOrder()));
        return options;
    }

    private static String asked(PublishedRow row) {
        return row.text("Question", row.required("Question"));
    }

    private static long drawn(String text) {
        CRC32 checksum = new CRC32();
        checksum.update(text.getBytes(UTF_8));
        return checksum.getValue();
    }
}
