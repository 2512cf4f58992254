package dev.tempo.datasets;

import dev.tempo.contract.Check;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A question without its answer.
 *
 * @param id unique within its file
 * @param text the question in words
 * @param domain name of the domain, whose chain of judges is responsible; {@code default} where the file names none
 */
public record Question(String id, String text, String domain) {
    public Question {
        Check.text("id", id);
        Check.question("text", text);
        Check.text("domain", domain);
    }

    /** The SHA-256 of domain and text, to the character: what is asked, and who may vote on it. */
    public String contentHash() {
        return DigestUtils.sha256Hex(domain + "\n" + text);
    }
}
