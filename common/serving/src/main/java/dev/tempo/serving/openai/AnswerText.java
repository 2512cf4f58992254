package dev.tempo.serving.openai;

import dev.tempo.model.tokens.TextStream;
import dev.tempo.model.tokens.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text of one answer while it is written: tokens become characters, stop strings are left out, thoughts are split off. What
 * the pieces come to, put together, does not depend on how often they are asked for. Not thread-safe.
 */
public final class AnswerText {
    private final TextStream stream;
    private final StopGate gate;
    private final ReasoningSplit split;
    private final StringBuilder thought = new StringBuilder();
    private final StringBuilder said = new StringBuilder();
    private final List<WrittenToken> written = new ArrayList<>();
    private int tokens;
    private int thoughtTokens;
    private int givenThought;
    private int givenSaid;
    private int givenTokens;

    /**
     * @param prompt that is continued by a chat's answer, whose thoughts are split off; null for a text that is left whole
     */
    public AnswerText(Tokenizer tokenizer, List<String> stop, @Nullable String prompt) {
        this.stream = new TextStream(tokenizer);
        this.gate = new StopGate(stop);
        this.split = prompt == null ? ReasoningSplit.none() : ReasoningSplit.after(prompt);
    }

    /**
     * What has come to an answer, or all of it.
     *
     * @param thought between the think tags
     * @param tokens with what is told of them; empty where nothing is
     */
    public record Piece(String thought, String said, List<WrittenToken> tokens) {
        public Piece {
            tokens = List.copyOf(tokens);
        }

        /** Whether there is nothing to tell. */
        public boolean isEmpty() {
            return thought.isEmpty() && said.isEmpty();
        }
    }

    /**
     * Adds a token.
     *
     * @param id null for an end-of-sequence token, which has no text
     * @param told what is told of it; null where nothing is
     */
    public void accept(@Nullable Integer id, @Nullable WrittenToken told) {
        tokens++;
        if (split.thinks()) {
            thoughtTokens++;
        }
        if (told != null && id != null) {
            written.add(told);
        }
        if (id != null) {
            take(split.accept(gate.accept(stream.accept(id))));
        }
    }

    /** Ends the text. */
    public void finish() {
        take(split.accept(gate.accept(stream.finish()) + gate.finish()));
        take(split.finish());
    }

    private void take(ReasoningSplit.Parts parts) {
        thought.append(parts.thought());
        said.append(parts.said());
    }

    /** What has come since this was last asked. */
    public Piece fresh() {
        Piece piece = new Piece(
                thought.substring(givenThought),
                said.substring(givenSaid),
                written.subList(givenTokens, written.size()));
        givenThought = thought.length();
        givenSaid = said.length();
        givenTokens = written.size();
        return piece;
    }

    /** Whether something has come since {@link #fresh} was last asked that has a text. */
    public boolean hasFresh() {
        return thought.length() > givenThought || said.length() > givenSaid;
    }

    /** All of it. */
    public Piece whole() {
        return new Piece(thought.toString(), said.toString(), written);
    }

    /** Tokens so far, the end-of-sequence token included. */
    public int tokens() {
        return tokens;
    }

    /** Tokens of the thoughts, the tag that ends them included. */
    public int thoughtTokens() {
        return thoughtTokens;
    }
}
