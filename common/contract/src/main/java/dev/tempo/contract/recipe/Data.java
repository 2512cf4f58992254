package dev.tempo.contract.recipe;

import org.jspecify.annotations.Nullable;

/**
 * The data of a recipe; each file is read by the one service that owns it.
 *
 * @param arriving the settings of unlabeled questions that arrive, beside those of a file or alone; null where none are awaited
 */
public record Data(
        @Nullable LabeledFile labeled,
        @Nullable UnlabeledFile unlabeled,
        @Nullable RehearsalFile rehearsal,
        @Nullable ArrivalSettings arriving) {
    /** Data of files alone. */
    public Data(@Nullable LabeledFile labeled, @Nullable UnlabeledFile unlabeled, @Nullable RehearsalFile rehearsal) {
        this(labeled, unlabeled, rehearsal, null);
    }
}
