package dev.tempo.judging.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The three texts that a judge model sees of one answer, cleared of special tokens.
 *
 * @param isShortened whether the answer was longer than a judge model is sent
 */
record CandidateTexts(String question, String reference, String answer, boolean isShortened) {

    /**
     * The texts of one answer.
     *
     * @param limit characters of the answer that are kept
     */
    static CandidateTexts of(String question, String reference, String answer, int limit) {
        String clean = SpecialTokens.stripped(answer).strip();
        int end = Math.min(clean.length(), limit);
        if (end < clean.length() && Character.isHighSurrogate(clean.charAt(end - 1))) {
            end--;
        }
        return new CandidateTexts(
                SpecialTokens.stripped(question).strip(),
                SpecialTokens.stripped(reference).strip(),
                clean.substring(0, end),
                end < clean.length());
    }

    /** The hash of the texts and of who judged them, in lower-case hex: equal only for equal arguments. */
    String hash(String judge, String version) {
        MessageDigest digest = DigestUtils.getSha256Digest();
        for (String part : List.of(judge, version, question, reference, answer, String.valueOf(isShortened))) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
