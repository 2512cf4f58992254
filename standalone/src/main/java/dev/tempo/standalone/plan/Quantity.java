package dev.tempo.standalone.plan;

import java.util.Locale;

/** The numbers of a plan as people read them. */
final class Quantity {
    private static final String[] PREFIXES = {"", "k", "M", "G", "T", "P", "E", "Z", "Y"};
    private static final double MINUTE = 60;
    private static final double HOUR = 3600;
    private static final double DAY = 86_400;

    private Quantity() {}

    static String of(double amount, String unit) {
        if (amount == 0) {
            return "-";
        }
        int prefix = 0;
        double left = amount;
        while (left >= 999.5 && prefix < PREFIXES.length - 1) {
            left /= 1000;
            prefix++;
        }
        return digits(left) + " " + PREFIXES[prefix] + unit;
    }

    static String time(double seconds) {
        if (seconds == 0) {
            return "-";
        }
        if (seconds < 1) {
            return digits(seconds * 1000) + " ms";
        }
        if (seconds < 2 * MINUTE) {
            return digits(seconds) + " s";
        }
        if (seconds < 2 * HOUR) {
            return digits(seconds / MINUTE) + " min";
        }
        return seconds < 2 * DAY ? digits(seconds / HOUR) + " h" : digits(seconds / DAY) + " days";
    }

    private static String digits(double number) {
        return String.format(Locale.ROOT, number < 9.95 ? "%.2f" : number < 99.5 ? "%.1f" : "%.0f", number);
    }
}
