package dev.tempo.standalone.judging;

import dev.tempo.contract.UserException;
import dev.tempo.judging.JudgeChain;
import dev.tempo.judging.Judges;
import dev.tempo.plugin.JudgeUnavailableException;
import dev.tempo.plugin.Verdict;
import java.util.List;

/** A chain of judges as the command line names it: {@code rules}, or {@code rules,model}. */
public final class NamedChain {
    private final String names;
    private final JudgeChain chain;

    /** @throws UserException if a name is no judge's */
    public NamedChain(String names, Judges judges) {
        List<String> chained = List.of(names.split(","));
        for (String name : chained) {
            if (judges.named(name).isEmpty()) {
                throw new UserException("no judge is called '" + name + "'; there are " + judges);
            }
        }
        this.names = names;
        this.chain = new JudgeChain("of the command line", chained, judges);
    }

    public String names() {
        return names;
    }

    /** A judge that cannot be asked now leaves the response undecided; the reason says so. */
    public Verdict judge(ResponseRow row) {
        try {
            return chain.judge(row.question(), row.reference(), row.response(), row.ended());
        } catch (JudgeUnavailableException unavailable) {
            return Verdict.undecided(
                    unavailable.judge(),
                    unavailable.version(),
                    "unavailable",
                    String.valueOf(unavailable.getMessage()));
        }
    }
}
