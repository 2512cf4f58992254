package dev.tempo.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.judging.JudgeChain;
import dev.tempo.judging.Judges;
import dev.tempo.judging.RunBuilder;
import dev.tempo.judging.rule.BlockInversionJudge;
import dev.tempo.judging.rule.ExactMatchJudge;
import dev.tempo.plugin.Judge;
import dev.tempo.plugin.JudgeUnavailableException;
import dev.tempo.plugin.Outcome;
import dev.tempo.plugin.Verdict;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JudgeChainTest {
    private final Judges judges = new Judges(List.of(
            new BlockInversionJudge(),
            new ExactMatchJudge(),
            new DefectiveJudge(),
            new SilentJudge(),
            new MutteringJudge(),
            new AbsentJudge()));

    @Test
    void theFirstDecidedVerdictWins() {
        Verdict verdict = judged(List.of("silent", "exact-match", "block-inversion"), "8");

        assertThat(verdict.judge()).isEqualTo("exact-match");
        assertThat(verdict.outcome()).isEqualTo(Outcome.CORRECT);
    }

    @Test
    void aJudgeThatNobodyKnowsEndsTheChainUndecided() {
        Verdict verdict = judged(List.of("silent", "exact-macht", "exact-match"), "8");

        assertThat(verdict.outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(verdict.reason())
                .isEqualTo("silent: no idea; no judge 'exact-macht' here; there are block-inversion, exact-match,"
                        + " defective, silent, muttering, absent");
    }

    @Test
    void aDefectiveJudgeLeavesTheResponseToTheNext() {
        assertThat(judged(List.of("defective", "exact-match"), "8").outcome()).isEqualTo(Outcome.CORRECT);
        assertThat(judged(List.of("defective"), "8"))
                .extracting(Verdict::outcome, Verdict::judge, Verdict::reason)
                .containsExactly(
                        Outcome.UNDECIDED,
                        "defective",
                        "the judge failed with java.lang.IllegalStateException: worn out");
    }

    @Test
    void aWrongThatIsNotFinalGoesOnAndIsRemembered() {
        JudgeChain chain = new JudgeChain("poems", List.of("exact-match", "silent", "block-inversion"), judges);

        JudgeChain.ChainVerdict overruled = chain.decide("x*3+4=3", "a rose", "The rose", true);

        assertThat(overruled.overruled()).extracting(Verdict::judge).containsExactly("exact-match");
        assertThat(overruled.verdict().outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(chain.decide("x*3+4=3", "8", "9", true).verdict().outcome()).isEqualTo(Outcome.WRONG);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Verdict found = new ExactMatchJudge().decided(true, "test", "The rose", "it is");
        new VerdictMeter(meters).compare(new JudgeChain.ChainVerdict(found, overruled.overruled()));
        new VerdictMeter(meters).compare(overruled);
        assertThat(meters.get("tempo.judge.agreement")
                        .tag("agrees", "false")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void anUndecidedChainKeepsWhatItsLastJudgeSaid() {
        Verdict verdict = judged(List.of("silent", "muttering"), "8");

        assertThat(verdict)
                .extracting(Verdict::outcome, Verdict::judge, Verdict::version, Verdict::stage, Verdict::rawReply)
                .containsExactly(Outcome.UNDECIDED, "muttering", "2", "vote", "hm");
        assertThat(verdict.reason()).isEqualTo("silent: no idea; muttering: unclear");
    }

    @Test
    void anUnavailableJudgeIsNoDefect() {
        assertThatThrownBy(() -> judged(List.of("absent", "exact-match"), "8"))
                .isInstanceOf(JudgeUnavailableException.class)
                .hasMessage("judge 'absent' is unavailable: nobody there");
    }

    @Test
    void aDomainWithoutAChainOfItsOwnUsesTheDefault() {
        var recipe = RunBuilder.aRun("r")
                .judgedBy(Map.of("default", List.of("exact-match"), "blocks", List.of("block-inversion")))
                .active()
                .recipe();

        assertThat(JudgeChain.of(recipe, "blocks", judges).extracting().name()).isEqualTo("block-inversion");
        assertThat(JudgeChain.of(recipe, "poems", judges).extracting().name()).isEqualTo("exact-match");
    }

    @Test
    void withoutAnyChainTheVerdictNamesTheDomain() {
        assertThat(judged(List.of(), "8").reason()).isEqualTo("the recipe names no judges for domain 'blocks'");
    }

    @Test
    void onlyAJudgeThatExtractsAnswersCanCountVotes() {
        JudgeChain chain = new JudgeChain("blocks", List.of("silent"), judges);

        assertThatThrownBy(chain::extracting).hasMessageContaining("'silent' cannot extract answers");
    }

    @Test
    void twoJudgesOfOneNameAreRefused() {
        assertThatThrownBy(() -> new Judges(List.of(new ExactMatchJudge(), new ExactMatchJudge())))
                .hasMessageContaining("two judges are named 'exact-match'");
    }

    private Verdict judged(List<String> names, String response) {
        return new JudgeChain("blocks", names, judges).judge("x*3+4=3", "8", response, true);
    }

    private static final class SilentJudge implements Judge {
        @Override
        public String name() {
            return "silent";
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public Verdict judge(String question, String reference, String response, boolean ended) {
            return undecided("never", "no idea");
        }
    }

    private static final class DefectiveJudge implements Judge {
        @Override
        public String name() {
            return "defective";
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public Verdict judge(String question, String reference, String response, boolean ended) {
            throw new IllegalStateException("worn out");
        }
    }

    private static final class MutteringJudge implements Judge {
        @Override
        public String name() {
            return "muttering";
        }

        @Override
        public String version() {
            return "2";
        }

        @Override
        public Verdict judge(String question, String reference, String response, boolean ended) {
            return new Verdict(Outcome.UNDECIDED, null, null, null, name(), version(), "vote", "unclear", "hm", 0.0);
        }
    }

    private static final class AbsentJudge implements Judge {
        @Override
        public String name() {
            return "absent";
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public Verdict judge(String question, String reference, String response, boolean ended) {
            throw new JudgeUnavailableException(this, "nobody there", null);
        }
    }
}
