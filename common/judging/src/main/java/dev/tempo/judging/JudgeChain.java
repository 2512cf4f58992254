package dev.tempo.judging;

import dev.tempo.contract.recipe.Recipe;
import dev.tempo.judging.rule.BoxedJudge;
import dev.tempo.plugin.ExtractingJudge;
import dev.tempo.plugin.Judge;
import dev.tempo.plugin.JudgeUnavailableException;
import dev.tempo.plugin.Outcome;
import dev.tempo.plugin.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The judges of a domain in the recipe's order: the first CORRECT is final, and so is the first WRONG unless the judge
 * leaves free-form answers to those behind it ({@link Judge#wrongIsFinal}). Those behind {@link BoxedJudge} are given
 * the box alone. A name that this service does not know ends the chain undecided: what the recipe's author put behind it
 * was meant for what that judge left open.
 */
public final class JudgeChain {
    private final String domain;
    private final List<String> names;
    private final Judges judges;

    public JudgeChain(String domain, List<String> names, Judges judges) {
        this.domain = domain;
        this.names = List.copyOf(names);
        this.judges = judges;
    }

    /** The chain that the recipe routes a domain to; {@code default} where it names none. */
    public static JudgeChain of(Recipe recipe, String domain, Judges judges) {
        return new JudgeChain(domain, recipe.judgesOf(domain), judges);
    }

    /**
     * The verdict of the chain, with name, version and latency of the judge that decided. Arguments as in
     * {@link Judge#judge}.
     *
     * @throws JudgeUnavailableException if a judge that is needed cannot be asked just now
     */
    public Verdict judge(String question, String reference, String response, boolean ended) {
        return decide(question, reference, response, ended).verdict();
    }

    /**
     * The verdict of a chain, with those that it overruled.
     *
     * @param overruled WRONG verdicts of earlier judges, which did not end the chain
     */
    public record ChainVerdict(Verdict verdict, List<Verdict> overruled) {}

    /** The verdict of the chain with those that it overruled; arguments and exception as in {@link #judge}. */
    public ChainVerdict decide(String question, String reference, String response, boolean ended) {
        List<String> reasons = new ArrayList<>();
        List<Verdict> overruled = new ArrayList<>();
        Verdict last = undecided("none");
        String read = response;
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            Optional<Judge> judge = judges.named(name);
            if (judge.isEmpty()) {
                reasons.add(unknown(name));
                last = undecided(name);
                break;
            }
            last = timed(judge.get(), question, reference, read, ended);
            boolean isLast = i == names.size() - 1;
            if (isFinal(last, judge.get(), reference, isLast)) {
                return new ChainVerdict(last, overruled);
            }
            read = judge.get() instanceof BoxedJudge ? BoxedJudge.leaves(read) : read;
            if (last.outcome() == Outcome.WRONG) {
                overruled.add(last);
            }
            reasons.add(name + ": " + last.reason());
        }
        String reason = reasons.isEmpty() ? noChain() : String.join("; ", reasons);
        return new ChainVerdict(last.leftOpen(reason), overruled);
    }

    private boolean isFinal(Verdict verdict, Judge judge, String reference, boolean isLast) {
        return switch (verdict.outcome()) {
            case CORRECT -> true;
            case WRONG -> isLast || judge.wrongIsFinal(reference);
            case UNDECIDED -> names.size() == 1;
        };
    }

    /** The first judge of the chain, by whose extraction and equality votes are counted. */
    public ExtractingJudge extracting() {
        if (names.isEmpty()) {
            throw new NoSuchJudgeException(noChain());
        }
        String first = names.get(0);
        Judge judge = judges.named(first).orElseThrow(() -> new NoSuchJudgeException(unknown(first)));
        if (judge instanceof ExtractingJudge extracting) {
            return extracting;
        }
        throw new NoSuchJudgeException("judge '" + first + "' cannot extract answers, so its domain cannot vote");
    }

    private static Verdict timed(Judge judge, String question, String reference, String response, boolean ended) {
        long begun = System.nanoTime();
        Verdict verdict = verdictOf(judge, question, reference, response, ended);
        return verdict.by(judge.name(), judge.version(), (System.nanoTime() - begun) / 1e6);
    }

    /**
     * The verdict of a judge; a defect of the judge itself leaves the response undecided with the reason, so that the
     * round still counts all its responses.
     */
    private static Verdict verdictOf(Judge judge, String question, String reference, String response, boolean ended) {
        try {
            return judge.judge(question, reference, response, ended);
        } catch (JudgeUnavailableException later) {
            throw later;
        } catch (RuntimeException | StackOverflowError | LinkageError defect) {
            return judge.undecided("defect", "the judge failed with " + defect);
        }
    }

    private String unknown(String name) {
        return "no judge '" + name + "' here; there are " + judges;
    }

    private String noChain() {
        return "the recipe names no judges for domain '" + domain + "'";
    }

    private static Verdict undecided(String judge) {
        return Verdict.undecided(judge, "none", "chain", "");
    }
}
