package dev.tempo.datasets.published;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The form of exams: a passage or none, a question, options, and what says which are right (AGIEval, MMLU, ARC,
 * CommonsenseQA, OpenBookQA, RACE, C-Eval, ZebraLogic's multiple choice …); without options an answer.
 */
final class ExamForm implements RowForm {
    private static final List<String> PASSAGES = List.of("passage", "context", "article", "puzzle");
    private static final List<String> RIGHT =
            List.of("answer_idx", "answer", "label", "answerKey", "gold", "correct", "target");
    private static final String STEM = "stem";
    private final PlainForm plain = new PlainForm();

    @Override
    public boolean fits(PublishedRow row, FieldNames names) {
        return passage(row).isPresent() || Choices.of(row).isPresent();
    }

    @Override
    public String question(PublishedRow row, FieldNames names) {
        Optional<Choices> choices = Choices.of(row);
        String asked = asked(row, names);
        if (choices.isEmpty()) {
            return below(row, PublishedPrompts.without(asked));
        }
        try {
            String question = PublishedPrompts.without(asked, choices.get().written());
            return choices.get().options(row).below(below(row, question));
        } catch (IllegalArgumentException unusable) {
            throw row.refused("query", String.valueOf(unusable.getMessage()));
        }
    }

    @Override
    public String answer(PublishedRow row, FieldNames names) {
        Optional<Choices> choices = Choices.of(row);
        if (choices.isEmpty()) {
            return plain.answer(row, names);
        }
        String field = names.answer() != null
                ? names.answer()
                : RIGHT.stream()
                        .filter(name -> row.field(name).isPresent())
                        .findFirst()
                        .orElseThrow(() -> row.refused(
                                String.join("' or '", RIGHT),
                                "is missing or empty; the row has "
                                        + row.fields().propertyNames()
                                        + ". Name the field that says which option is right with --answer"));
        return choices.get()
                .letters(row, field, row.required(field), choices.get().options(row));
    }

    private String asked(PublishedRow row, FieldNames names) {
        Optional<JsonNode> stem = row.field("question").map(question -> question.path(STEM));
        return names.question() == null && stem.isPresent() && !stem.get().isMissingNode()
                ? row.text("question." + STEM, stem.get())
                : plain.question(row, names);
    }

    private static String below(PublishedRow row, String question) {
        return passage(row)
                .map(field -> row.text(field, row.required(field)) + "\n\n" + question)
                .orElse(question);
    }

    private static Optional<String> passage(PublishedRow row) {
        return PASSAGES.stream().filter(name -> row.field(name).isPresent()).findFirst();
    }
}
