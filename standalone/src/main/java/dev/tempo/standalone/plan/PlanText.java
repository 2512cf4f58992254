package dev.tempo.standalone.plan;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** A plan as people read it. */
public final class PlanText {
    private static final String ROW = "%-36s %-8s %12s %12s %12s %10s%n";

    private final PrintWriter out;

    public PlanText(PrintWriter out) {
        this.out = out;
    }

    /** Prints what is assumed, each with its reason or source. */
    public void assumptions(RunPlan plan, List<String> ofTheRecipe) {
        Assumptions assumed = plan.assumed();
        Card card = assumed.card();
        boolean core = card.isCore();
        out.println("assumed");
        line(
                "%s: %s in bfloat16, %s in float32, memory %s (%s)",
                core ? "a core of this machine" : card.name(),
                Quantity.of(card.matrixPeak(), "FLOP/s"),
                Quantity.of(card.floatPeak(), "FLOP/s"),
                Quantity.of(card.bandwidth(), "B/s"),
                card.source());
        line(
                "measuring and training reach %.0f %% of the peak (%s)",
                100 * assumed.matrixShare(),
                core
                        ? "docs/benchmarks.md: about 20 % below a width of 256, 55 % above"
                        : "Llama 3 405B reached 38 to 43 % on H100, arXiv 2407.21783; this program has not been measured on a GPU");
        line(
                "decoding reaches %.0f %% of the bandwidth (%s), and a step takes %s a layer at least (%s)",
                100 * assumed.bandwidthShare(),
                core
                        ? "as measured"
                        : "vLLM 77 % alone on an A100, johnmusgrave.com/p/vllm-throughput-latency-sweep-on",
                Quantity.time(assumed.layerSeconds()),
                core
                        ? "docs/benchmarks.md"
                        : "eager PyTorch, 8.4 ms for 32 layers on H100, cloudai.pt/cuda-graphs-torch-compile-1-65x-llm-decode-speedup");
        ofTheRecipe.forEach(assumption -> line("%s", assumption));
        line(
                "a worker generates at most %d responses together: each has room for its full length from the start",
                assumed.together());
        line(
                "files are written, hashed and read at %s each; versions and checkpoints are float32, one each a round",
                Quantity.of(assumed.fileRate(), "B/s"));
        line(
                "requests of labeled questions come first; a round waits for one response of full length; evaluations are answered"
                        + " while workers have nothing else; judging, messaging and start take no time");
        out.println();
    }

    /** Prints rounds and run. */
    public void plan(RunPlan plan, List<JudgeLoad> judges) {
        for (StagePlan stage : plan.stages()) {
            out.printf(Locale.ROOT, "a round of %s, on average of %d%n", stage.name(), stage.rounds());
            head();
            stage.parts().forEach(this::row);
            out.printf(
                    Locale.ROOT,
                    "%s a round: %s. Busy: %s%n%n",
                    Quantity.time(stage.roundSeconds()),
                    stage.path(),
                    busy(stage, plan.devices()));
            if (!stage.warmUp().isEmpty()) {
                out.println("the critic's warm-up before it, " + Quantity.time(stage.warmUpSeconds()) + " in all");
                head();
                stage.warmUp().forEach(this::row);
                out.println();
            }
        }
        out.println("the run");
        for (StagePlan stage : plan.stages()) {
            line("%-36s %s", stage.name(), Quantity.time(stage.seconds()));
        }
        line(
                "%-36s %s beyond what workers would idle; %d of them, %s, %s tokens",
                "evaluations",
                Quantity.time(plan.evaluationSeconds()),
                plan.evaluations(),
                Quantity.of(plan.evaluation().operations(), "FLOP"),
                Quantity.of(plan.evaluation().tokens(), "").strip());
        for (JudgeLoad judge : judges) {
            OptionalDouble operations = judge.operations();
            line(
                    "%-36s at most %s requests, %s tokens%s, elsewhere",
                    "judge model " + judge.name(),
                    Quantity.of(judge.requests(), "").strip(),
                    Quantity.of(judge.tokens(), "").strip(),
                    operations.isPresent() ? ", " + Quantity.of(operations.getAsDouble(), "FLOP") : "");
        }
        line(
                "%-36s %s, %s, %s tokens generated",
                "together",
                Quantity.time(plan.seconds()),
                Quantity.of(plan.operations(), "FLOP"),
                Quantity.of(plan.tokens(), "").strip());
    }

    private void head() {
        out.printf(Locale.ROOT, ROW, "", "where", "FLOP", "bytes", "tokens", "time");
    }

    private void row(RoundPart work) {
        out.printf(
                Locale.ROOT,
                ROW,
                work.name(),
                work.where().name().toLowerCase(Locale.ROOT),
                Quantity.of(work.operations(), ""),
                Quantity.of(work.bytes(), "B"),
                Quantity.of(work.tokens(), ""),
                Quantity.time(work.seconds()));
    }

    private static String busy(StagePlan stage, Devices devices) {
        if (devices.isOne()) {
            return "the device, always";
        }
        double critic = 100 * stage.busy(RoundPart.Where.CRITIC);
        double policy = 100 * stage.busy(RoundPart.Where.POLICY);
        String rollout = String.format(Locale.ROOT, "rollout %.0f %%", 100 * stage.busy(RoundPart.Where.ROLLOUT));
        return rollout
                + (devices.trainersShare()
                        ? String.format(Locale.ROOT, ", trainers %.0f %%", critic + policy)
                        : String.format(Locale.ROOT, ", critic %.0f %%, policy %.0f %%", critic, policy));
    }

    private void line(String format, Object... values) {
        out.println("  " + String.format(Locale.ROOT, format, values));
    }
}
