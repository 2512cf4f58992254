package dev.tempo.verification.value;

/** A hash: seeded pseudo-random numbers from names and residues (the finalizer of SplitMix64). */
public final class Hash {
    private Hash() {}

    /** A non-negative number that depends on every argument. */
    public static long of(String name, long seed, long... values) {
        long state = mix(seed + 0x9e3779b97f4a7c15L);
        for (int at = 0; at < name.length(); at++) {
            state = mix(state ^ name.charAt(at));
        }
        for (long value : values) {
            state = mix(state * 0x9e3779b97f4a7c15L ^ value + 0x632be59bd9b4e019L);
        }
        return state >>> 1;
    }

    private static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
