package dev.tempo.standalone.status;

import dev.tempo.contract.Run;
import dev.tempo.messaging.Wire;
import dev.tempo.standalone.launch.KeptRun;
import dev.tempo.standalone.launch.ServiceState;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What services and broker tell of the run that a launcher has at work. */
public final class LiveStatus {
    private final PrintWriter out;
    private final boolean json;

    public LiveStatus(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    public void tell(KeptRun kept, RunAtWork run) {
        String state = run.isPaused() ? "paused" : kept.state().toString();
        if (json) {
            Map<String, @Nullable Object> fields = kept.fields();
            fields.put("state", state);
            fields.put("services", run.services());
            RoundText.add(fields, run.round());
            fields.put("broker", run.silence());
            out.println(new String(Wire.write(fields), StandardCharsets.UTF_8));
            return;
        }
        out.println(heading(kept, state));
        if (run.isPaused()) {
            out.println("go on with ./tempo resume " + kept.id());
        }
        run.services().forEach(this::print);
        out.println(run.silence() == null ? "broker: answers" : "broker: " + run.silence());
        RoundText.print(out, run.round());
    }

    public static String heading(KeptRun kept, String state) {
        Run submission = kept.submission();
        return "run " + kept.id() + ": " + state + ", newest version v" + kept.newest()
                + (submission == null || submission.recipe().unbounded()
                        ? ""
                        : " of " + submission.recipe().rounds());
    }

    private void print(ServiceState service) {
        String state = service.isSilent()
                ? "does not answer; it is starting, frozen or gone, or --port-base is another"
                : service.status();
        out.println(service.service() + ": " + state + (service.version() == null ? "" : ", v" + service.version()));
        service.words().forEach((name, words) -> out.println("  " + name + ": " + words));
        if (service.lastWord() != null) {
            out.println("  last word: " + service.lastWord());
        }
    }
}
