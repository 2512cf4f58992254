package dev.tempo.standalone.quickstart;

import dev.tempo.model.training.StepStats;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The hash of the bits that rounds compute, in all and, of the first round, for each part of it: there machines that differ
 * begin to. It also takes the processor time of each part.
 */
public final class RoundsDigest {
    /** The first word of every line that the digest is printed as. */
    public static final String LINE = "ten-rounds";

    /** The name of the hash of all rounds among those of parts. */
    public static final String ALL = "all";

    private static final int DIGITS = 16;

    private final MessageDigest all = DigestUtils.getSha256Digest();
    private final Map<String, MessageDigest> parts = new LinkedHashMap<>();
    private final Map<String, Long> nanoseconds = new LinkedHashMap<>();
    private String part = "";
    private long begun = now();
    private boolean first = true;

    /** The part of a round that what is taken from now on belongs to. */
    void part(String name) {
        passTime();
        part = name;
    }

    void roundEnded() {
        part("");
        first = false;
    }

    private void passTime() {
        long now = now();
        nanoseconds.merge(part, now - begun, Long::sum);
        begun = now;
    }

    void take(float[] numbers) {
        ByteBuffer bits = ByteBuffer.allocate(Float.BYTES * numbers.length);
        for (float number : numbers) {
            bits.putInt(Float.floatToRawIntBits(number));
        }
        take(bits.array());
    }

    void take(StepStats step) {
        double[] numbers = {step.loss(), step.gradientNorm(), step.clipFraction(), step.approxKl(), step.entropy()};
        ByteBuffer bits = ByteBuffer.allocate(Double.BYTES * numbers.length);
        for (double number : numbers) {
            bits.putLong(Double.doubleToRawLongBits(number));
        }
        take(bits.array());
    }

    void take(String text) {
        take(text.getBytes(StandardCharsets.UTF_8));
    }

    private void take(byte[] bytes) {
        all.update(bytes);
        if (first) {
            parts.computeIfAbsent(part, name -> DigestUtils.getSha256Digest()).update(bytes);
        }
    }

    /** Lines of name, hash and seconds of processor time: that of all rounds, then their parts. Ends the digest. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(line(
                ALL,
                hash(all),
                nanoseconds.values().stream().mapToLong(Long::longValue).sum()));
        parts.forEach((name, hash) -> lines.add(line(name, hash(hash), nanoseconds.getOrDefault(name, 0L))));
        return lines;
    }

    private static String line(String name, String hash, long nanoseconds) {
        return String.format(Locale.ROOT, "%s %s %s %.2f", LINE, name, hash, nanoseconds / 1e9);
    }

    private static String hash(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    }

    /** Of the whole process: responses are generated in a thread of their own. */
    private static long now() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }
}
