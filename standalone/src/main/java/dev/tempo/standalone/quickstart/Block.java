package dev.tempo.standalone.quickstart;

/** v -> a v + b mod 11, a bijection for a in 2..10. */
record Block(int a, int b) {
    static final int MODULUS = 11;

    int apply(int v) {
        return (v * a + b) % MODULUS;
    }

    /** The v with a v + b = t. */
    int undo(int t) {
        return Math.floorMod((t - b) * inverse(a), MODULUS);
    }

    /** a^-1 mod 11, by Fermat a^9. */
    static int inverse(int a) {
        int power = 1;
        for (int i = 0; i < MODULUS - 2; i++) {
            power = power * a % MODULUS;
        }
        return power;
    }

    /** 0..9, and a for ten: one character, one token. */
    static char digit(int value) {
        return Character.forDigit(value, MODULUS);
    }
}
