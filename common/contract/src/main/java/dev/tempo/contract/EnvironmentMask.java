package dev.tempo.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A mask over the tokens of a response: which of them an environment (a calculator, a tool) wrote rather than the
 * policy. The critic sees those tokens, but they carry no policy gradient. On the wire: a string of 0 and 1, one
 * character per response token.
 */
public record EnvironmentMask(@JsonValue String bits) {

    @JsonCreator
    public EnvironmentMask {
        for (int token = 0; token < bits.length(); token++) {
            char bit = bits.charAt(token);
            if (bit != '0' && bit != '1') {
                throw new IllegalArgumentException("an environment mask consists of 0 and 1 but is '" + bits + "'");
            }
        }
    }

    public static EnvironmentMask of(boolean... writtenByEnvironment) {
        StringBuilder bits = new StringBuilder(writtenByEnvironment.length);
        for (boolean written : writtenByEnvironment) {
            bits.append(written ? '1' : '0');
        }
        return new EnvironmentMask(bits.toString());
    }

    public int length() {
        return bits.length();
    }

    /**
     * Whether an environment wrote the token.
     *
     * @param token counted from 0
     */
    public boolean writtenByEnvironment(int token) {
        return bits.charAt(token) == '1';
    }

    /** A fresh array: true where the environment wrote the token. */
    public boolean[] toArray() {
        boolean[] written = new boolean[bits.length()];
        for (int token = 0; token < written.length; token++) {
            written[token] = bits.charAt(token) == '1';
        }
        return written;
    }
}
