package dev.tempo.serving.openai;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The writing of answers that continue a text. Not thread-safe. */
public final class CompletionWriter extends AnswerWriter {
    private final Map<Integer, Integer> offsets = new HashMap<>();

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
    ObjectNode told(int index, List<WrittenToken> tokens) {
        ObjectNode logProbs = NODES.objectNode();
        ArrayNode texts = logProbs.putArray("tokens");
        ArrayNode own = logProbs.putArray("token_logprobs");
        ArrayNode top = logProbs.putArray("top_logprobs");
        ArrayNode places = logProbs.putArray("text_offset");
        int offset = offsets.getOrDefault(index, 0);
        for (WrittenToken token : tokens) {
            texts.add(token.text());
            own.add(token.logProb());
            ObjectNode others = top.addObject();
            token.likeliest().forEach(other -> others.put(other.text(), other.logProb()));
            places.add(offset);
            offset += token.text().length();
        }
        offsets.put(index, offset);
        return logProbs;
    }
}
