package dev.tempo.datasets.published;

/** A form in which publishers write a question down. */
interface RowForm {

    /** Whether a row has this form. */
    boolean fits(PublishedRow row, FieldNames names);

    /** The question as the model is asked it. */
    String question(PublishedRow row, FieldNames names);

    /** The reference answer, in the form that judges take. */
    String answer(PublishedRow row, FieldNames names);
}
