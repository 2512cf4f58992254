package dev.tempo.contract.recipe;

import org.jspecify.annotations.Nullable;

/** The data files of a recipe; each is read by the one service that owns it. */
public record Data(
        @Nullable LabeledFile labeled,
        @Nullable UnlabeledFile unlabeled,
        @Nullable RehearsalFile rehearsal) {}
