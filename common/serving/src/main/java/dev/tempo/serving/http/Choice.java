package dev.tempo.serving.http;

import dev.tempo.model.inference.GeneratedResponse;
import dev.tempo.model.tokens.Tokenizer;
import dev.tempo.serving.openai.AnswerText;
import dev.tempo.serving.openai.Asked;
import dev.tempo.serving.openai.WrittenToken;
import dev.tempo.serving.version.LoadedVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One of the answers to a request, while it is written. Used by the thread of its connection. */
final class Choice {
    private static final int[] NO_IDS = {};
    private static final float[] NO_LOG_PROBS = {};

    private final Tokenizer tokenizer;
    private final Set<Integer> ends;
    private final boolean told;
    private final AnswerText text;
    private int seen;
    private boolean begun;
    private boolean finite = true;
    private String reason = "";

    Choice(LoadedVersion version, Asked asked, AnswerText text) {
        this.tokenizer = version.tokenizer();
        this.ends = Set.copyOf(version.policy().config().endTokenIds());
        this.told = asked.logProbs();
        this.text = text;
    }

    AnswerText text() {
        return text;
    }

    /** Whether a token of it is written. */
    boolean isWritten() {
        return seen > 0;
    }

    /** Why it ended; empty while it has not. */
    String reason() {
        return reason;
    }

    /** Whether this was asked before. */
    boolean begun() {
        boolean before = begun;
        begun = true;
        return before;
    }

    void accept(int id, float logProb, int[] likeliest, float[] theirLogProbs) {
        seen++;
        finite &= Float.isFinite(logProb);
        boolean end = ends.contains(id);
        text.accept(end ? null : id, told && !end ? told(id, logProb, likeliest, theirLogProbs) : null);
    }

    private WrittenToken told(int id, float logProb, int[] likeliest, float[] theirLogProbs) {
        List<WrittenToken.Alternative> others = new ArrayList<>();
        for (int i = 0; i < likeliest.length; i++) {
            others.add(new WrittenToken.Alternative(likeliest[i], word(likeliest[i]), theirLogProbs[i]));
        }
        return new WrittenToken(word(id), text.offset(), logProb, others);
    }

    private String word(int id) {
        return tokenizer.decode(new int[] {id});
    }

    /** Ends the answer with what was generated and not read yet; false if a number of it is not finite. */
    boolean finish(GeneratedResponse response) {
        int[] ids = response.responseIds();
        for (int at = seen; at < ids.length; at++) {
            accept(ids[at], response.logProbs()[at], NO_IDS, NO_LOG_PROBS);
        }
        text.finish();
        reason = response.ended() ? "stop" : "length";
        return finite;
    }
}
