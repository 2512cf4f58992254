package dev.tempo.datasets.published;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import tools.jackson.databind.JsonNode;

/**
 * GPQA's form: the right answer and wrong ones, in fields of their own. They become options in an order that depends on
 * nothing but question and option.
 */
final class ScienceForm implements RowForm {
    private static final String RIGHT = "Correct Answer";
    private static final String WRONG = "Incorrect Answer ";

    @Override
    public boolean fits(PublishedRow row, FieldNames names) {
        return row.field(RIGHT).isPresent() && row.field(WRONG + 1).isPresent();
    }

    @Override
    public String question(PublishedRow row, FieldNames names) {
        return new Options(shuffled(row)).below(asked(row));
    }

    @Override
    public String answer(PublishedRow row, FieldNames names) {
        return String.valueOf(Options.letter(shuffled(row).indexOf(row.text(RIGHT, row.required(RIGHT)))));
    }

    private static List<String> shuffled(PublishedRow row) {
        List<String> options = new ArrayList<>(List.of(row.text(RIGHT, row.required(RIGHT))));
        Optional<JsonNode> wrong = row.field(WRONG + 1);
        for (int number = 1; wrong.isPresent(); wrong = row.field(WRONG + ++number)) {
            options.add(row.text(WRONG + number, wrong.get()));
        }
        String question = asked(row);
        options.sort(Comparator.comparingLong((String option) -> drawn(question + "\n" + option))
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
