package dev.tempo.standalone.command;

import dev.tempo.judging.Judges;
import dev.tempo.plugin.Outcome;
import dev.tempo.plugin.Verdict;
import dev.tempo.standalone.judging.JudgeAgreement;
import dev.tempo.standalone.judging.ResponseRow;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Verdicts in words or as JSON lines. */
final class VerdictPrinter {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final PrintStream out;
    private final boolean json;

    VerdictPrinter(PrintStream out, boolean json) {
        this.out = out;
        this.json = json;
    }

    void print(ResponseRow row, Verdict verdict) {
        if (!json) {
            String place = row.where().isEmpty() ? "" : row.where() + (row.id().isEmpty() ? "" : " " + row.id()) + ": ";
            String answer = verdict.answer() == null ? "" : "   answer " + verdict.answer();
            out.println(String.format(
                    Locale.ROOT,
                    "%-9s  %s%s (%s %s, %s)%s",
                    JudgeAgreement.word(verdict.outcome()),
                    place,
                    verdict.reason(),
                    verdict.judge(),
                    verdict.version(),
                    verdict.stage(),
                    answer));
            return;
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        if (!row.where().isEmpty()) {
            fields.put("where", row.where());
        }
        if (!row.id().isEmpty()) {
            fields.put("id", row.id());
        }
        fields.put("outcome", JudgeAgreement.word(verdict.outcome()));
        fields.put("answer", verdict.answer());
        fields.put("judge", verdict.judge());
        fields.put("version", verdict.version());
        fields.put("stage", verdict.stage());
        fields.put("reason", verdict.reason());
        if (verdict.rawReply() != null) {
            fields.put("rawReply", verdict.rawReply());
        }
        fields.put("latencyMillis", verdict.latencyMillis());
        out.println(JSON.writeValueAsString(fields));
    }

    void count(Map<Outcome, Integer> counts) {
        if (!json) {
            out.println(counts.values().stream().mapToInt(Integer::intValue).sum() + " responses: "
                    + counts.getOrDefault(Outcome.CORRECT, 0) + " correct, "
                    + counts.getOrDefault(Outcome.WRONG, 0) + " wrong, "
                    + counts.getOrDefault(Outcome.UNDECIDED, 0) + " undecided");
        }
    }

    void list(Judges judges) {
        for (String name : judges.names()) {
            String version = judges.named(name).orElseThrow().version();
            out.println(
                    json ? JSON.writeValueAsString(Map.of("judge", name, "version", version)) : name + " " + version);
        }
    }

    void print(String first, String second, JudgeAgreement agreement) {
        if (json) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("first", first);
            fields.put("second", second);
            fields.put("cases", agreement.cases());
            fields.put("table", agreement.table());
            fields.put("agreement", finite(agreement.share()));
            fields.put("kappa", finite(agreement.kappa()));
            out.println(JSON.writeValueAsString(fields));
            return;
        }
        String row = "%-24s %10s %10s %10s";
        out.println(String.format(Locale.ROOT, row, first + " \\ " + second, "correct", "wrong", "undecided"));
        agreement
                .table()
                .forEach((outcome, counts) -> out.println(String.format(
                        Locale.ROOT,
                        row,
                        outcome,
                        counts.get("correct"),
                        counts.get("wrong"),
                        counts.get("undecided"))));
        out.println(agreement.cases() + " responses, agreement " + words(agreement.share()) + ", Cohen's kappa "
                + words(agreement.kappa()));
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static String words(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.3f", value) : "undefined";
    }
}
