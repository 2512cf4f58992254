package dev.tempo.chat.builtin;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** The formats of Python's {@code strftime} on Linux, in English, for a time without a zone. */
final class Strftime {
    private Strftime() {}

    /**
     * A time in a format.
     *
     * @throws IllegalArgumentException for a field that is not supported
     */
    static String format(LocalDateTime time, String format) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                text.append(c);
                continue;
            }
            char flag = format.charAt(++i);
            boolean flagged = (flag == '-' || flag == '_') && i + 1 < format.length();
            char field = flagged ? format.charAt(++i) : flag;
            String written = field(time, field);
            text.append(flagged ? unpadded(written, flag) : written);
        }
        return text.toString();
    }

    private static String unpadded(String written, char flag) {
        String bare = written.replaceFirst("^[0 ]+(?=.)", "");
        return flag == '-' ? bare : " ".repeat(written.length() - bare.length()) + bare;
    }

    private static String field(LocalDateTime time, char field) {
        String pattern = switch (field) {
            case 'a' -> "EEE";
            case 'A' -> "EEEE";
            case 'b', 'h' -> "MMM";
            case 'B' -> "MMMM";
            case 'd' -> "dd";
            case 'H' -> "HH";
            case 'I' -> "hh";
            case 'j' -> "DDD";
            case 'm' -> "MM";
            case 'M' -> "mm";
            case 'p' -> "a";
            case 'S' -> "ss";
            case 'y' -> "yy";
            case 'Y' -> "y";
            case 'f' -> "SSSSSS";
            default -> "";
        };
        if (!pattern.isEmpty()) {
            return time.format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH));
        }
        return switch (field) {
            case 'c' -> format(time, "%a %b %e %H:%M:%S %Y");
            case 'x', 'D' -> format(time, "%m/%d/%y");
            case 'X', 'T' -> format(time, "%H:%M:%S");
            case 'F' -> format(time, "%Y-%m-%d");
            case 'R' -> format(time, "%H:%M");
            case 'r' -> format(time, "%I:%M:%S %p");
            case 'e' -> String.format("%2d", time.getDayOfMonth());
            case 'k' -> String.format("%2d", time.getHour());
            case 'l' -> String.format("%2d", time.get(ChronoField.CLOCK_HOUR_OF_AMPM));
            case 'u' -> String.valueOf(time.getDayOfWeek().getValue());
            case 'w' -> String.valueOf(time.getDayOfWeek().getValue() % 7);
            case 'C' -> String.format("%02d", time.getYear() / 100);
            case 'G' -> String.valueOf(time.get(IsoFields.WEEK_BASED_YEAR));
            case 'V' -> String.format("%02d", time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case 'U' -> week(time, time.getDayOfWeek().getValue() % 7);
            case 'W' -> week(time, time.getDayOfWeek().getValue() - 1);
            case 'Z', 'z' -> "";
            case 'n' -> "\n";
            case 't' -> "\t";
            case '%' -> "%";
            default -> throw new IllegalArgumentException("strftime_now() does not support '%" + field + "'");
        };
    }

    /**
     * The week of the year, in two digits.
     *
     * @param day the weekday on which weeks begin, counted from 0
     */
    private static String week(LocalDateTime time, int day) {
        return String.format("%02d", (time.getDayOfYear() + 6 - day) / 7);
    }
}
