package dev.tempo.verification.choice;

import java.util.List;

/**
 * A mention: one place of a sentence where options are named.
 *
 * @param start where the name begins, its bracket included
 * @param end where it ends, exclusive
 * @param options numbers of the options from 0, as often as they are named; {@link #NONE} for a letter that no option
 *     has
 * @param bracketed whether it stands in brackets
 */
record Mention(int start, int end, List<Integer> options, boolean bracketed) {
    static final int NONE = -1;

    Mention {
        options = List.copyOf(options);
    }
}
