package dev.tempo.policy.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.ArrivingQuestion;
import dev.tempo.contract.DrawnQuestions;
import dev.tempo.contract.fixtures.RecipeBuilder;
import dev.tempo.contract.fixtures.StageBuilder;
import dev.tempo.contract.recipe.ArrivalSettings;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.datasets.Question;
import dev.tempo.datasets.comparison.KnownQuestions;
import dev.tempo.messaging.Wire;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuestionLedgerTest {
    private static final Stage STAGE =
            StageBuilder.testTime("tempo").rounds(100).questions(2, 3).build();

    private final ArrivedLog arrived = new ArrivedLog();
    private final KnownQuestions known = new KnownQuestions();
    private long offset;

    @BeforeEach
    void theTopicIsRead() {
        arrived.readsFrom("log");
        arrived.caughtUp();
    }

    @Test
    void aRoundWaitsForAsManyQuestionsAsItDraws() {
        QuestionLedger ledger = ledger(settings(1, 100, null, 100));
        ask("one", "What is 1 + 1?");
        ledger.takeIn(arrived);
        assertThat(ledger.draw(STAGE, 0)).isFalse();
        assertThat(ledger.missing(STAGE)).isOne();
        ask("two", "What is 1 + 2?");
        ledger.takeIn(arrived);
        assertThat(ledger.draw(STAGE, 0)).isTrue();
        assertThat(drawn(ledger).questions()).containsExactlyInAnyOrder("arrived/one", "arrived/two");
        assertThat(drawn(ledger).log()).isEqualTo("log");
        assertThat(drawn(ledger).before()).isEqualTo(2);
    }

    @Test
    void theNextRoundWaitsForSomethingNew() {
        QuestionLedger ledger = ledger(settings(1, 100, null, 100));
        ask("one", "What is 1 + 1?");
        ask("two", "What is 1 + 2?");
        draw(ledger, 0);
        ledger.learned(Map.of());
        ledger.takeIn(arrived);
        assertThat(ledger.draw(STAGE, 1)).isFalse();
        ask("again", "what is 1+1");
        ledger.takeIn(arrived);
        assertThat(ledger.draw(STAGE, 1))
                .as("the same question in other words of publishers is nothing new")
                .isFalse();
        ask("three", "What is 1 + 3?");
        draw(ledger, 1);
    }

    @Test
    void withoutAWishForNewOnesItGoesOnWithThoseThatAreThere() {
        QuestionLedger ledger = ledger(settings(0, 100, null, 100));
        ask("one", "What is 1 + 1?");
        ask("two", "What is 1 + 2?");
        draw(ledger, 0);
        ledger.learned(Map.of());
        draw(ledger, 1);
    }

    @Test
    void aQuestionThatIsDeletedBeforeADrawLeavesItsPlaceInTheFloodToAnother() {
        QuestionLedger ledger = ledger(settings(1, 2, null, 100));
        ask("one", "What is 1 + 1?");
        ledger.takeIn(arrived);
        delete("one");
        ask("two", "What is 1 + 2?");
        ask("three", "What is 1 + 3?");
        ledger.takeIn(arrived);
        assertThat(ledger.draw(STAGE, 0)).isTrue();
        assertThat(drawn(ledger).questions()).containsExactlyInAnyOrder("arrived/two", "arrived/three");
    }

    @Test
    void whatIsMeasuredOrLabeledIsKeptOutWithTheReason() {
        known.add("What is 1 + 1?", "it is in set 'holdout', which is measured");
        QuestionLedger ledger = ledger(settings(1, 100, null, 100));
        ask("leak", "Please reason step by step. What is $1+1$?");
        ask("one", "What is 2 + 1?");
        ask("two", "What is 2 + 2?");
        draw(ledger, 0);
        assertThat(drawn(ledger).questions()).doesNotContain("arrived/leak");
        assertThat(ledger.leftOut()).containsExactly(Map.entry("it is in set 'holdout', which is measured", 1));
    }

    @Test
    void aDeletedQuestionIsDrawnNoMoreButItsTwinIs() {
        QuestionLedger ledger = ledger(settings(0, 100, null, 100));
        ask("one", "What is 1 + 1?");
        ask("twin", "what is 1+1 ?");
        ask("two", "What is 1 + 2?");
        delete("one");
        draw(ledger, 0);
        assertThat(drawn(ledger).questions()).containsExactlyInAnyOrder("arrived/twin", "arrived/two");
        delete("twin");
        ledger.learned(Map.of());
        ledger.takeIn(arrived);
        assertThat(ledger.draw(STAGE, 1)).isFalse();
        assertThat(ledger.state(1).groups())
                .as("not even the hash of what was deleted is kept")
                .extracting(LedgerState.Group::hash)
                .containsExactly(KnownQuestions.hash("What is 1 + 2?"));
    }

    @Test
    void aDrawSaysToTheCharacterWhatIsAsked() {
        QuestionLedger ledger = ledger(settings(0, 100, null, 100));
        ask("one", "What is 1 + 1?");
        ask("two", "What is 1 + 2?");
        draw(ledger, 0);
        assertThat(drawn(ledger).hashOfId())
                .containsEntry("arrived/one", content("What is 1 + 1?"))
                .containsEntry("arrived/two", content("What is 1 + 2?"));
    }

    @Test
    void aQuestionThatIsReplacedIsHeldAgainstWhatIsMeasuredAnew() {
        known.add("What is 7 + 7?", "it is measured");
        QuestionLedger ledger = ledger(settings(0, 100, null, 100));
        ask("one", "What is 1 + 1?");
        ask("two", "What is 1 + 2?");
        ask("three", "What is 1 + 3?");
        ledger.takeIn(arrived);
        ask("one", "What is 7 + 7?");
        ask("two", "what is 1+2");
        draw(ledger, 0);
        assertThat(drawn(ledger).hashOfId())
                .as("the measured one is out, the other asks what it asks now")
                .isEqualTo(Map.of("arrived/two", content("what is 1+2"), "arrived/three", content("What is 1 + 3?")));
        assertThat(ledger.leftOut()).containsExactly(Map.entry("it is measured", 1));
    }

    @Test
    void aQuestionWhoseDeletionIsNotOnTheTopicAnyMoreIsGoneAllTheSame() {
        QuestionLedger ledger = ledger(settings(0, 100, null, 100));
        ask("one", "What is 1 + 1?");
        ask("two", "What is 1 + 2?");
        ask("three", "What is 1 + 3?");
        ledger.takeIn(arrived);
        ArrivedLog compacted = new ArrivedLog();
        compacted.readsFrom("log");
        compacted.caughtUp();
        compacted.add(Arrival.of(new ArrivingQuestion("two", "What is 1 + 2?", null, null), 1));
        compacted.add(Arrival.of(new ArrivingQuestion("three", "What is 1 + 3?", null, null), 2));
        ledger.takeIn(compacted);
        assertThat(ledger.draw(STAGE, 0)).isTrue();
        assertThat(drawn(ledger).questions()).containsExactlyInAnyOrder("arrived/two", "arrived/three");
    }

    @Test
    void whatSendersMakeUpDoesNotGrow() {
        ArrivalSettings settings = settings(1, 100, 1, 100);
        Recipe math = RecipeBuilder.recipe(STAGE)
                .arriving(settings)
                .judges(Map.of("math", List.of("rules")))
                .build();
        QuestionLedger ledger = QuestionLedger.begin(math, settings, List.of(), known);
        for (int i = 0; i < 50; i++) {
            arrive(new ArrivingQuestion("same" + i, "What is 1 + 1?", "math", "source" + i));
            arrive(new ArrivingQuestion("odd" + i, "What is 2 + " + i + "?", "domain" + i, null));
        }
        ledger.takeIn(arrived);
        assertThat(ledger.leftOut())
                .containsOnly(
                        Map.entry("no chain of judges serves its domain", 50),
                        Map.entry("the same question under more than 16 ids", 34));
        assertThat(ledger.state(0).groups()).hasSize(1);
        assertThat(ledger.state(0).groups().get(0).members()).hasSize(16);
    }

    @Test
    void aFloodWaitsAndDeletionsDoNotWaitBehindIt() {
        QuestionLedger ledger = ledger(settings(1, 3, null, 100));
        for (int i = 0; i < 10; i++) {
            ask("q" + i, "What is 5 + " + i + "?");
        }
        delete("q0");
        draw(ledger, 0);
        assertThat(drawn(ledger).before()).as("q1, q2 and q3 were taken").isEqualTo(4);
        assertThat(drawn(ledger).deletionsBefore()).isEqualTo(11);
        assertThat(drawn(ledger).questions()).isSubsetOf("arrived/q1", "arrived/q2", "arrived/q3");
        ledger.learned(Map.of());
        draw(ledger, 1);
        assertThat(drawn(ledger).before()).isEqualTo(7);
    }

    @Test
    void oneSourceCannotFillARound() {
        QuestionLedger ledger = ledger(settings(1, 100, 2, 100));
        for (int i = 0; i < 5; i++) {
            arrive(new ArrivingQuestion("q" + i, "What is 5 + " + i + "?", null, "eager"));
        }
        arrive(new ArrivingQuestion("calm", "What is 7 + 7?", null, "calm"));
        draw(ledger, 0);
        assertThat(ledger.state(0).groups()).hasSize(3);
        assertThat(ledger.leftOut()).containsExactly(Map.entry("more than 2 of one source before a round", 3));
    }

    /** Else a source whose question is deleted could never again fill its share, and a round would wait for ever. */
    @Test
    void aDeletedQuestionsPlaceIsItsSourcesAgainAlsoAfterARestart() {
        ArrivalSettings settings = settings(1, 100, 2, 100);
        QuestionLedger ledger = ledger(settings);
        arrive(new ArrivingQuestion("one", "What is 1 + 1?", null, "only"));
        ledger.takeIn(arrived);
        ledger = throughFile(ledger, settings);
        delete("one");
        arrive(new ArrivingQuestion("two", "What is 1 + 2?", null, "only"));
        arrive(new ArrivingQuestion("three", "What is 1 + 3?", null, "only"));
        ledger.takeIn(arrived);

        assertThat(ledger.leftOut()).isEmpty();
        assertThat(ledger.state(0).takenBySource()).containsExactly(Map.entry("only", 2));
        assertThat(ledger.draw(STAGE, 0)).isTrue();
        delete("two");
        ledger.takeIn(arrived);
        assertThat(ledger.state(0).taken())
                .as("nothing was taken in since the draw")
                .isZero();
    }

    @Test
    void whereThereIsNoRoomTheOldestThatWasDrawnGoes() {
        QuestionLedger ledger = ledger(settings(1, 100, null, 2));
        ask("one", "What is 1 + 1?");
        ask("two", "What is 1 + 2?");
        ask("three", "What is 1 + 3?");
        draw(ledger, 0);
        assertThat(drawn(ledger).questions()).containsExactlyInAnyOrder("arrived/one", "arrived/two");
        ledger.learned(Map.of());
        draw(ledger, 1);
        assertThat(drawn(ledger).questions()).containsExactlyInAnyOrder("arrived/two", "arrived/three");
    }

    @Test
    void hardAndFrequentAndUnseenQuestionsWeighMore() {
        QuestionGroup group = new QuestionGroup("hash", false);
        group.came("a", "content", 1);
        ArrivalSettings settings = new ArrivalSettings(1, 3, 2, 4, 10, null, 10);
        assertThat(group.weight(settings)).as("unseen").isEqualTo(4);
        group.came("b", "content", 1);
        assertThat(group.weight(settings)).as("unseen, and came twice").isEqualTo(1 + 3 + 4 * .5);
        group.draw();
        group.rewarded(.25);
        assertThat(group.weight(settings)).as("hard").isEqualTo(1 + 2 * .75 + 4 * .5);
        group.rewarded(-3);
        assertThat(group.weight(settings)).as("harder than nothing").isEqualTo(1 + 2 + 4 * .5);
    }

    @Test
    void questionsOfTheFileAreDrawnBesideThoseThatArrive() {
        QuestionLedger ledger = QuestionLedger.begin(
                recipe(settings(0, 100, null, 100)),
                settings(0, 100, null, 100),
                List.of(new Question("f1", "What is 9 + 1?", "default")),
                known);
        ask("same", "What is 9+1");
        ask("two", "What is 1 + 2?");
        draw(ledger, 0);
        assertThat(drawn(ledger).questions()).containsExactlyInAnyOrder("f1", "arrived/two");
    }

    /** The oracle is a ledger that was never put away. */
    @Test
    void aLedgerThatIsPutAwayAfterEveryStepDrawsTheSame() {
        List<DrawnQuestions> kept = new ArrayList<>();
        List<DrawnQuestions> stored = new ArrayList<>();
        ArrivalSettings settings = settings(1, 3, null, 6);
        QuestionLedger one = ledger(settings);
        QuestionLedger other = ledger(settings);
        for (int round = 0; round < 12; round++) {
            ask("q" + round, "What is 3 * " + round + "?");
            ask("q" + (round + 50), "What is 4 * " + round + "?");
            if (round % 3 == 2) {
                delete("q" + (round - 1));
            }
            draw(one, round);
            kept.add(drawn(one));
            other = throughFile(other, settings);
            draw(other, round);
            other = throughFile(other, settings);
            stored.add(drawn(other));
            Map<String, Double> rewards = Map.of(drawn(one).questions().get(0), round % 2 == 0 ? .9 : .1);
            one.learned(rewards);
            other.learned(rewards);
        }
        assertThat(stored).isEqualTo(kept);
        Set<String> ever = new HashSet<>();
        kept.forEach(draw -> ever.addAll(draw.questions()));
        assertThat(ever).hasSizeGreaterThan(10);
    }

    @Test
    void onAnotherLogWhatItHoldsComesAgainAndTheRestIsGone() {
        QuestionLedger ledger = ledger(settings(0, 100, null, 100));
        ask("one", "What is 1 + 1?");
        ask("two", "What is 1 + 2?");
        draw(ledger, 0);
        ledger.learned(Map.of());
        arrived.readsFrom("another");
        offset = 0;
        ask("two", "What is 1 + 2?");
        ask("three", "What is 1 + 3?");
        draw(ledger, 1);
        assertThat(drawn(ledger).questions()).containsExactlyInAnyOrder("arrived/two", "arrived/three");
        assertThat(drawn(ledger).log()).isEqualTo("another");
    }

    private QuestionLedger throughFile(QuestionLedger ledger, ArrivalSettings settings) {
        LedgerState state = Wire.read(LedgerState.class, Wire.write(ledger.state(3)));
        return QuestionLedger.restore(recipe(settings), settings, state, known);
    }

    private void draw(QuestionLedger ledger, int round) {
        ledger.takeIn(arrived);
        assertThat(ledger.draw(STAGE, round)).as("round %s is drawn", round).isTrue();
    }

    private static DrawnQuestions drawn(QuestionLedger ledger) {
        return Objects.requireNonNull(ledger.drawn());
    }

    private QuestionLedger ledger(ArrivalSettings settings) {
        return QuestionLedger.begin(recipe(settings), settings, List.of(), known);
    }

    private static Recipe recipe(ArrivalSettings settings) {
        return RecipeBuilder.recipe(STAGE)
                .arriving(settings)
                .judges(Map.of("default", List.of("rules")))
                .build();
    }

    private static ArrivalSettings settings(int fresh, int perRound, @Nullable Integer perSource, int most) {
        return new ArrivalSettings(fresh, 3, 1, 1, perRound, perSource, most);
    }

    private static String content(String text) {
        return new Question("any", text, "default").contentHash();
    }

    private void ask(String id, String text) {
        arrive(new ArrivingQuestion(id, text, null, null));
    }

    private void delete(String id) {
        arrive(ArrivingQuestion.deleted(id));
    }

    private void arrive(ArrivingQuestion question) {
        arrived.add(Arrival.of(question, offset++));
    }
}
