package dev.tempo.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A question that somebody asks while the system runs, or its deletion. It has no answer. Any program may write it: the key of its record
 * is its id; a record of that key without a value deletes it.
 *
 * @param id up to 100 letters, digits, '.', '_' and '-'; the last question of an id counts
 * @param question the question in words, at most {@value #LONGEST} characters; null for a deletion, which is never written as JSON
 * @param domain of the question; null for {@code default}
 * @param source who asks, for caps on what one source may send; null where nobody says
 */
public record ArrivingQuestion(
        String id,
        @Nullable String question,
        @Nullable String domain,
        @Nullable String source) {
    /** Most characters of a question that arrives. */
    public static final int LONGEST = 20_000;

    /** What the id of a served chat's question begins with, behind the name of the key by which it came. */
    public static final String OF_CHAT = "chat-";

    private static final Pattern CHAT = Pattern.compile("(?:.*\\.)?" + OF_CHAT + "[0-9a-f]{32}");

    private static final int LONGEST_NAME = 100;

    public ArrivingQuestion {
        Check.name("id", id);
        if (question != null) {
            Check.text("question", question);
            wellFormed("question", question);
            if (question.length() > LONGEST) {
                throw new IllegalArgumentException("question has " + question.length()
                        + " characters, but one that arrives has at most " + LONGEST);
            }
        }
        name("domain", domain);
        name("source", source);
    }

    /** The question in a record; a deletion is a record without a value. */
    @JsonCreator
    static ArrivingQuestion read(
            @JsonProperty("id") @Nullable String id,
            @JsonProperty("question") @Nullable String question,
            @JsonProperty("domain") @Nullable String domain,
            @JsonProperty("source") @Nullable String source) {
        if (id == null || question == null) {
            throw new IllegalArgumentException((id == null ? "id" : "question")
                    + " is missing; a deletion is a record with the question's id as its key and no value");
        }
        return new ArrivingQuestion(id, question, domain, source);
    }

    /** The deletion of a question. */
    public static ArrivingQuestion deleted(String id) {
        return new ArrivingQuestion(id, null, null, null);
    }

    /** Whether this deletes a question. */
    @JsonIgnore
    public boolean isDeletion() {
        return question == null;
    }

    /** Whether this is a question, or its deletion, that a served chat asked. */
    @JsonIgnore
    public boolean isOfChat() {
        return CHAT.matcher(id).matches();
    }

    /** Half of a pair of surrogates is no character: it has no UTF-8, so that nobody could tell two such texts apart by a hash. */
    private static void wellFormed(String field, String value) {
        for (int i = 0; i < value.length(); i++) {
            boolean pair = i + 1 < value.length() && Character.isSurrogatePair(value.charAt(i), value.charAt(i + 1));
            if (pair) {
                i++;
            } else if (Character.isSurrogate(value.charAt(i))) {
                throw new IllegalArgumentException(
                        field + " holds half of a surrogate pair, which is no character, at place " + i);
            }
        }
    }

    private static void name(String field, @Nullable String value) {
        if (value != null) {
            Check.text(field, value);
            wellFormed(field, value);
            if (value.length() > LONGEST_NAME) {
                throw new IllegalArgumentException(
                        field + " has " + value.length() + " characters, but may have at most " + LONGEST_NAME);
            }
        }
    }
}
