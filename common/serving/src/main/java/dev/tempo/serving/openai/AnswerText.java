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
    private int offset;
    private int tokens;
    private int thoughtTokens;

    /**
     * @param prompt that is continued by a chat's answer, whose thoughts are split off; null for a text that is left whole
     * @param offset where the answer begins, in Unicode characters
     */
    public AnswerText(Tokenizer tokenizer, List<String> stop, @Nullable String prompt, int offset) {
        this.stream = new TextStream(tokenizer);
        this.gate = new StopGate(stop);
        this.split = prompt == null ? ReasoningSplit.none() : ReasoningSplit.after(prompt);
        this.offset = offset;
    }

    /**
     * A part of an answer, or all of it.
     *
     * @param thought between the think tags
     * @param tokens with what is told of them; empty where nothing is
     */
    public record Piece(String thought, String said, List<WrittenToken> tokens) {
        public Piece {
            tokens = List.copyOf(tokens);
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
            String text = stream.accept(id);
            offset += text.codePointCount(0, text.length());
            add(split.accept(gate.accept(text)));
        }
    }

    /** Where the next token begins, in Unicode characters; that of a character's second half is where the character begins. */
    public int offset() {
        return offset;
    }

    /** Ends the text. */
    public void finish() {
        add(split.accept(gate.accept(stream.finish()) + gate.finish()));
        add(split.finish());
    }

    private void add(ReasoningSplit.Parts parts) {
        thought.append(parts.thought());
        said.append(parts.said());
    }

    /** What has come since this was last taken; it is not kept. */
    public Piece take() {
        Piece piece = new Piece(thought.toString(), said.toString(), written);
        thought.setLength(0);
        said.setLength(0);
        written.clear();
        return piece;
    }

    /** Whether there is a text to take. */
    public boolean hasText() {
        return !thought.isEmpty() || !said.isEmpty();
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
