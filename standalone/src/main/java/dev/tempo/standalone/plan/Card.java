package dev.tempo.standalone.plan;

import dev.tempo.contract.UserException;
import dev.tempo.model.planning.MachineRates;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A device that computes: a GPU with the numbers that its maker publishes, or a core of this machine.
 *
 * @param matrixPeak operations a second of bfloat16 matrix products, without sparsity
 * @param floatPeak operations a second of float32 ones
 * @param bandwidth bytes a second that its memory gives
 * @param memory bytes of it; 0 for a core, which has none of its own
 * @param source where the numbers come from
 */
public record Card(String name, double matrixPeak, double floatPeak, double bandwidth, double memory, String source) {

    private static final double STATED_INTENSITY = 10;

    /** The GPUs that are known by name. */
    public static final List<Card> KNOWN = List.of(
            gpu("H100", 989, 67, 3350, 80, "H100 datasheet, SXM"),
            gpu("H200", 989, 67, 4800, 141, "H200 datasheet, SXM"),
            gpu("A100", 312, 19.5, 2039, 80, "A100 datasheet, SXM of 80 GB"),
            gpu("A100-40GB", 312, 19.5, 1555, 40, "A100 datasheet, SXM of 40 GB"),
            gpu("L40S", 362, 91.6, 864, 48, "L40S datasheet"),
            gpu("L4", 121, 30.3, 300, 24, "L4 datasheet"),
            gpu("RTX-4090", 165.2, 82.6, 1008, 24, "Ada GPU architecture whitepaper"));

    private static Card gpu(
            String name,
            double matrixTera,
            double floatTera,
            double gigabytesASecond,
            double gigabytes,
            String source) {
        return new Card(
                name,
                matrixTera * 1e12,
                floatTera * 1e12,
                gigabytesASecond * 1e9,
                gigabytes * 1e9,
                "NVIDIA, " + source);
    }

    /** @throws UserException listing the known ones, if none has that name, however its words are joined */
    public static Card named(String name) {
        return KNOWN.stream()
                .filter(card -> plain(card.name).equals(plain(name)))
                .findAny()
                .orElseThrow(() -> new UserException("no GPU is known as '" + name + "'; known are "
                        + KNOWN.stream().map(Card::name).collect(Collectors.joining(", "))));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** A core of this machine, measured now. */
    public static Card core() {
        MachineRates rates = MachineRates.measure();
        return core(rates.operations(), rates.bytes(), "measured now, by processor time of one thread");
    }

    static Card core(double peak, double bandwidth, String source) {
        return new Card("core", peak, peak, bandwidth, 0, source);
    }

    /** A core of another machine, which multiplies that fast and reads at a tenth of a byte an operation. */
    public static Card statedCore(double peak) {
        return core(peak, peak / STATED_INTENSITY, "peak as stated, memory at a tenth of a byte an operation");
    }

    boolean isCore() {
        return memory == 0;
    }
}
