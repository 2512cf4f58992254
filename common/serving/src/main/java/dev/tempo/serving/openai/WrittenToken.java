package dev.tempo.serving.openai;

import java.util.List;

/**
 * A token of an answer with what is told of it.
 *
 * @param text of the token alone
 * @param offset of the token in prompt and answer together, in Unicode characters
 * @param logProb in nats, at temperature 1 over the whole vocabulary
 * @param likeliest the most probable tokens in its place, the most probable first
 */
public record WrittenToken(String text, int offset, float logProb, List<Alternative> likeliest) {
    public WrittenToken {
        likeliest = List.copyOf(likeliest);
    }

    /** A token that could have been written. */
    public record Alternative(int id, String text, float logProb) {}
}
