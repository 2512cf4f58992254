package dev.tempo.serving.openai;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The writing of answers, whole or chunk by chunk. */
public abstract sealed class AnswerWriter permits ChatWriter, CompletionWriter {
    static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final AnswerHead head;
    private final boolean usage;
    private final boolean logProbs;

    /**
     * @param usage whether a stream counts tokens at its end
     * @param logProbs whether log-probabilities are told
     */
    AnswerWriter(AnswerHead head, boolean usage, boolean logProbs) {
        this.head = head;
        this.usage = usage;
        this.logProbs = logProbs;
    }

    /**
     * An answer that is finished.
     *
     * @param finish why: {@code stop} or {@code length}
     */
    public record Finished(AnswerText.Piece text, String finish) {}

    /** The whole answer. */
    public final ObjectNode whole(List<Finished> answers, TokenCount count) {
        ObjectNode body = envelope(wholeObject());
        ArrayNode choices = body.putArray("choices");
        for (int index = 0; index < answers.size(); index++) {
            Finished answer = answers.get(index);
            ObjectNode choice = choices.addObject().put("index", index);
            write(choice, answer.text());
            tell(choice, answer.text());
            choice.put("finish_reason", answer.finish());
        }
        body.set("usage", count.json());
        return body;
    }

    /** The chunk that begins an answer of a stream; empty where its text begins it. */
    public abstract Optional<ObjectNode> first(int index);

    /** A chunk of a stream with what has come to an answer. */
    public final ObjectNode chunk(int index, AnswerText.Piece piece) {
        return chunk(index, piece, null);
    }

    /** The last chunk of an answer. */
    public final ObjectNode last(int index, AnswerText.Piece piece, String finish) {
        return chunk(index, piece, finish);
    }

    /** The chunk that counts tokens, behind all others. */
    public final ObjectNode counted(TokenCount count) {
        ObjectNode body = envelope(chunkObject());
        body.putArray("choices");
        body.set("usage", count.json());
        return body;
    }

    final ObjectNode chunkOf(ObjectNode choice) {
        ObjectNode body = envelope(chunkObject());
        body.putArray("choices").add(choice);
        if (usage) {
            body.putNull("usage");
        }
        return body;
    }

    private ObjectNode chunk(int index, AnswerText.Piece piece, @Nullable String finish) {
        ObjectNode choice = NODES.objectNode().put("index", index);
        writePart(choice, piece);
        tell(choice, piece);
        choice.put("finish_reason", finish);
        return chunkOf(choice);
    }

    private void tell(ObjectNode choice, AnswerText.Piece piece) {
        if (logProbs) {
            choice.set("logprobs", told(piece.tokens()));
        } else {
            choice.putNull("logprobs");
        }
    }

    private ObjectNode envelope(String object) {
        return NODES.objectNode()
                .put("id", head.id())
                .put("object", object)
                .put("created", head.created())
                .put("model", head.model())
                .put("system_fingerprint", head.fingerprint());
    }

    abstract String wholeObject();

    abstract String chunkObject();

    abstract void write(ObjectNode choice, AnswerText.Piece text);

    abstract void writePart(ObjectNode choice, AnswerText.Piece piece);

    /** The tokens of an answer, or of a part of it, in order. */
    abstract ObjectNode told(List<WrittenToken> tokens);

    /** The UTF-8 bytes of a token; null where it is not made of whole characters. */
    static void bytes(ObjectNode token, String text) {
        if (text.indexOf('\uFFFD') >= 0) {
            token.putNull("bytes");
            return;
        }
        ArrayNode bytes = token.putArray("bytes");
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            bytes.add(each & 0xFF);
        }
    }
}
