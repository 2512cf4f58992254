package dev.tempo.verification.parsing;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A time of day: {@code 20:34}, {@code 8:34 p.m.}, {@code 08:34\text{ PM}}, {@code 20:34:00}. */
public record ClockTime(int hour, int minute, int second, Half half) {
    enum Half {
        UNSAID,
        MORNING,
        AFTERNOON
    }

    /**
     * Whether both are the same time of day; null if they are not two times, or could as well be ratios. A time that
     * does not say which half of the day is meant may be either, if the other one says so.
     */
    public static @Nullable Boolean same(String one, String other) {
        ClockTime left = read(one);
        ClockTime right = left == null ? null : read(other);
        if (left == null || right == null || left.half == Half.UNSAID && right.half == Half.UNSAID) {
            return null;
        }
        boolean minutes = left.minute == right.minute && left.second == right.second;
        if (left.half == Half.UNSAID || right.half == Half.UNSAID) {
            return minutes && (left.hour == right.hour || left.hourOfDay() == right.hourOfDay());
        }
        return minutes && left.hourOfDay() == right.hourOfDay();
    }

    private int hourOfDay() {
        return switch (half) {
            case UNSAID -> hour;
            case MORNING -> hour % 12;
            case AFTERNOON -> hour % 12 + 12;
        };
    }

    private static @Nullable ClockTime read(String text) {
        if (text.length() > 48 || text.indexOf(':') < 0) {
            return null;
        }
        String plain = text.replace("\\text", "")
                .replace("\\mathrm", "")
                .replaceAll("[\\s{}$~.\\\\,;!]", "")
                .toLowerCase(Locale.ROOT);
        Half half = plain.endsWith("am") ? Half.MORNING : plain.endsWith("pm") ? Half.AFTERNOON : Half.UNSAID;
        String[] parts = (half == Half.UNSAID ? plain : plain.substring(0, plain.length() - 2)).split(":", -1);
        if (parts.length < 2 || parts.length > 3) {
            return null;
        }
        int hour = number(parts[0], 1, half == Half.UNSAID ? 24 : 13);
        int minute = number(parts[1], 2, 60);
        int second = parts.length == 3 ? number(parts[2], 2, 60) : 0;
        return hour < 0 || minute < 0 || second < 0 ? null : new ClockTime(hour, minute, second, half);
    }

    /** The digits' value, or -1 if they are too few, too many or no less than the limit. */
    private static int number(String digits, int least, int limit) {
        boolean plain = digits.length() >= least
                && digits.length() <= 2
                && digits.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        int value = plain ? Integer.parseInt(digits) : -1;
        return value < limit ? value : -1;
    }
}
