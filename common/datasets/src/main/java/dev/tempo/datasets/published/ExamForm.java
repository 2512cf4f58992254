package dev.tempo.datasets.published;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** AGIEval's form: passage, question, options, and as label a letter or several; without options an answer. */
final class ExamForm implements RowForm {
    private static final List<String> OPTIONS = List.of("options", "choices");
    private final PlainForm plain = new PlainForm();

    @Override
    public boolean fits(PublishedRow row, FieldNames names) {
        return row.field("passage").isPresent() || optionsField(row).isPresent();
    }

    @Override
    public String question(PublishedRow row, FieldNames names) {
        String asked = plain.question(row, names);
        String text = row.field("passage")
                .map(passage -> row.text("passage", passage) + "\n\n" + asked)
                .orElse(asked);
        return optionsField(row).isPresent() ? options(row).below(text) : text;
    }

    @Override
    public String answer(PublishedRow row, FieldNames names) {
        if (optionsField(row).isEmpty()) {
            return row.answer(names);
        }
        String field =
                names.answer() != null ? names.answer() : row.field("answer").isPresent() ? "answer" : "label";
        JsonNode label = row.required(field);
        Options options = options(row);
        if (label.isIntegralNumber()) {
            int number = label.intValue();
            if (number < 0 || number >= options.texts().size()) {
                throw row.refused(field, "should count options from 0 but is " + number);
            }
            return String.valueOf(Options.letter(number));
        }
        try {
            return options.letters(label.isArray() ? joined(label) : row.text(field, label));
        } catch (IllegalArgumentException noLetters) {
            throw row.refused(field, String.valueOf(noLetters.getMessage()));
        }
    }

    private static String joined(JsonNode labels) {
        StringBuilder letters = new StringBuilder();
        labels.forEach(label -> letters.append(label.asString("")).append(' '));
        return letters.toString();
    }

    private static Options options(PublishedRow row) {
        String field = optionsField(row).orElseThrow();
        List<String> written = new ArrayList<>();
        row.required(field).forEach(option -> written.add(row.text(field, option)));
        try {
            return Options.labelled(written);
        } catch (IllegalArgumentException unusable) {
            throw row.refused(field, String.valueOf(unusable.getMessage()));
        }
    }

    private static Optional<String> optionsField(PublishedRow row) {
        return OPTIONS.stream()
                .filter(name -> row.field(name).filter(JsonNode::isArray).isPresent())
                .findFirst();
    }
}
