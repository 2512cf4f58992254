package dev.tempo.standalone.status;

import dev.tempo.contract.RunEnd;
import dev.tempo.messaging.Wire;
import dev.tempo.standalone.launch.BrokerConnection;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a broker's topics tell of its runs. */
public final class LoggedStatus {
    private static final int NOT_OVER = 3;
    private static final int CANCELLED = 4;

    private final PrintWriter out;
    private final boolean json;

    public LoggedStatus(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    /** @return the exit status */
    public int tell(BrokerConnection connection, @Nullable String id) {
        RunLog log = RunLog.read(connection);
        if (id == null) {
            log.ids().forEach(known -> print(log.known(known), RoundStanding.NONE));
            if (log.ids().isEmpty() && !json) {
                out.println("the broker knows no run yet; ./tempo submit begins one");
            }
            return 0;
        }
        LoggedRun run = log.known(id);
        LoggedRun.Standing standing = run.standing();
        print(run, RoundStanding.of(connection, run));
        return switch (standing) {
            case FINISHED -> 0;
            case CANCELLED -> CANCELLED;
            case SUBMITTED, RUNNING, PAUSED -> NOT_OVER;
        };
    }

    private void print(LoggedRun run, RoundStanding round) {
        if (json) {
            out.println(new String(Wire.write(fields(run, round)), StandardCharsets.UTF_8));
            return;
        }
        out.println("run " + run.run().run() + ": " + run.standing().word() + ", " + run.versionName() + " of "
                + run.journal().recipe().lastVersionInWords());
        RoundText.print(out, round);
        notes(run).forEach(note -> out.println("  " + note));
    }

    private static List<String> notes(LoggedRun run) {
        RunEnd end = run.end();
        return end == null ? List.of() : end.notes();
    }

    private static Map<String, @Nullable Object> fields(LoggedRun run, RoundStanding round) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("run", run.run().run());
        fields.put("recipe", run.run().recipe().name());
        fields.put("seed", run.run().recipe().seed());
        fields.put("state", run.standing().word());
        fields.put("stage", run.stage());
        fields.put("version", run.version());
        fields.put(
                "rounds",
                run.journal().recipe().unbounded()
                        ? null
                        : run.journal().recipe().rounds());
        fields.put("measured", run.measured());
        fields.put("directory", run.run().directory());
        RoundText.add(fields, round);
        fields.put("notes", notes(run));
        return fields;
    }
}
