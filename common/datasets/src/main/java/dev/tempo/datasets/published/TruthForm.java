package dev.tempo.datasets.published;

import java.util.List;

/** The form of questions whose answer is a truth value (BoolQ, StrategyQA): they become a choice between yes and no. */
final class TruthForm implements RowForm {
    private static final Options YES_OR_NO = new Options(List.of("Yes", "No"));
    private final ExamForm exam = new ExamForm();

    @Override
    public boolean fits(PublishedRow row, FieldNames names) {
        return Choices.of(row).isEmpty() && row.isTruth(names);
    }

    @Override
    public String question(PublishedRow row, FieldNames names) {
        return YES_OR_NO.below(exam.question(row, names));
    }

    @Override
    public String answer(PublishedRow row, FieldNames names) {
        return row.answer(names).equals("true") ? "A" : "B";
    }
}
