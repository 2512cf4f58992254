import dev.tempo.plugin.TextEnvironment;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes the result behind {@code <<12*3=}, as GSM8K marks its calculations. */
public final class MarkedCalculator implements TextEnvironment {
    private static final Pattern ASKED = Pattern.compile("<<(\\d{1,9})([-+*])(\\d{1,9})=$");

    public String name() { return "marked-calculator"; }
    public String version() { return "1"; }
    public String next(String prompt, String response) {
        Matcher asked = ASKED.matcher(response);
        if (!asked.find()) return null;
        long left = Long.parseLong(asked.group(1));
        long right = Long.parseLong(asked.group(3));
        return switch (asked.group(2)) {
            case "+" -> left + right + ">>";
            case "-" -> left - right + ">>";
            default -> left * right + ">>";
        };
    }
}
