package dev.tempo.datasets.published;

/** A way to write questions down. */
interface RowForm {

    /** Whether a row is written that way. */
    boolean fits(PublishedRow row, FieldNames names);

    /** What the model is asked. */
    String question(PublishedRow row, FieldNames names);

    /** The reference, in the form that judges take. */
    String answer(PublishedRow row, FieldNames names);
}
