package dev.tempo.serving.openai;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The writing of answers that continue a text. */
public final class CompletionWriter extends AnswerWriter {
    public CompletionWriter(AnswerHead head, boolean usage, boolean logProbs) {
        super(head, usage, logProbs);
    }

    @Override
    String wholeObject() {
        return "text_completion";
    }

    @Override
    String chunkObject() {
        return "text_completion";
    }

    @Override
    public Optional<ObjectNode> first(int index) {
        return Optional.empty();
    }

    @Override
    void write(ObjectNode choice, AnswerText.Piece text) {
        choice.put("text", text.said());
    }

    @Override
    void writePart(ObjectNode choice, AnswerText.Piece piece) {
        choice.put("text", piece.said());
    }

    @Override
    ObjectNode told(List<WrittenToken> tokens) {
        ObjectNode logProbs = NODES.objectNode();
        ArrayNode texts = logProbs.putArray("tokens");
        ArrayNode own = logProbs.putArray("token_logprobs");
        ArrayNode top = logProbs.putArray("top_logprobs");
        ArrayNode places = logProbs.putArray("text_offset");
        for (WrittenToken token : tokens) {
            texts.add(token.text());
            own.add(token.logProb());
            ObjectNode others = top.addObject();
            // Parts of characters look alike: all but the most probable of them go by their number.
            token.likeliest()
                    .forEach(other -> others.put(
                            others.has(other.text()) ? "token_id:" + other.id() : other.text(), other.logProb()));
            places.add(token.offset());
        }
        return logProbs;
    }
}
