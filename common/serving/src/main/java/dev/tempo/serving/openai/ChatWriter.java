package dev.tempo.serving.openai;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The writing of a chat's answers. */
public final class ChatWriter extends AnswerWriter {
    public ChatWriter(AnswerHead head, boolean usage, boolean logProbs) {
        super(head, usage, logProbs);
    }

    @Override
    String wholeObject() {
        return "chat.completion";
    }

    @Override
    String chunkObject() {
        return "chat.completion.chunk";
    }

    @Override
    public Optional<ObjectNode> first(int index) {
        ObjectNode choice = NODES.objectNode().put("index", index);
        choice.putObject("delta").put("role", "assistant").put("content", "");
        choice.putNull("logprobs");
        choice.putNull("finish_reason");
        return Optional.of(chunkOf(choice));
    }

    @Override
    void write(ObjectNode choice, AnswerText.Piece text) {
        ObjectNode message =
                choice.putObject("message").put("role", "assistant").put("content", text.said());
        if (!text.thought().isEmpty()) {
            message.put("reasoning_content", text.thought());
        }
        message.putNull("refusal");
    }

    @Override
    void writePart(ObjectNode choice, AnswerText.Piece piece) {
        ObjectNode delta = choice.putObject("delta");
        if (!piece.thought().isEmpty()) {
            delta.put("reasoning_content", piece.thought());
        }
        if (!piece.said().isEmpty()) {
            delta.put("content", piece.said());
        }
    }

    @Override
    ObjectNode told(List<WrittenToken> tokens) {
        ObjectNode logProbs = NODES.objectNode();
        ArrayNode content = logProbs.putArray("content");
        for (WrittenToken token : tokens) {
            ObjectNode one = entry(content.addObject(), token.text(), token.logProb());
            ArrayNode top = one.putArray("top_logprobs");
            token.likeliest().forEach(other -> entry(top.addObject(), other.text(), other.logProb()));
        }
        logProbs.putNull("refusal");
        return logProbs;
    }

    private static ObjectNode entry(ObjectNode token, String text, float logProb) {
        token.put("token", text).put("logprob", logProb);
        bytes(token, text);
        return token;
    }
}
