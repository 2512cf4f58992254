package dev.tempo.model.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import dev.tempo.model.TinyModel;
import dev.tempo.model.WeightType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenReaderTest {
    private static final int LIMIT = 30;

    @TempDir
    static Path directory;

    private static Path model;

    @BeforeAll
    static void write() {
        model = TinyModel.policy(directory.resolve("model"), 11);
    }

    private record Seen(int id, float logProb, List<Integer> likeliest, List<Float> logProbs) {}

    private static final class Notes implements TokenReader {
        private final int alternatives;
        private final List<Seen> seen = new ArrayList<>();

        Notes(int alternatives) {
            this.alternatives = alternatives;
        }

        @Override
        public int alternatives() {
            return alternatives;
        }

        @Override
        public void wrote(int id, float logProb, int[] likeliest, float[] theirLogProbs) {
            List<Float> numbers = new ArrayList<>();
            for (float number : theirLogProbs) {
                numbers.add(number);
            }
            seen.add(new Seen(id, logProb, List.of(boxed(likeliest)), numbers));
        }
    }

    private static GenerationTask task(int key) {
        return new GenerationTask(TinyModel.ids(key, 4), key, new SamplingSettings(.9, LIMIT, 0, .95, 0), null);
    }

    private static Policy policy() {
        return Policy.forServing(model, new GenerationLimits(1 << 24, 64), WeightType.FLOAT32);
    }

    @Test
    void aReaderSeesEveryTokenAsItStandsInTheResponse() {
        try (Policy policy = policy()) {
            Notes notes = new Notes(0);
            GeneratedResponse response =
                    policy.generate(List.of(task(1).readBy(notes))).get(0);
            assertThat(notes.seen.stream().mapToInt(Seen::id)).containsExactly(boxed(response.responseIds()));
            for (int i = 0; i < notes.seen.size(); i++) {
                assertThat(notes.seen.get(i).logProb()).isEqualTo(response.logProbs()[i]);
                assertThat(notes.seen.get(i).likeliest()).isEmpty();
            }
        }
    }

    @Test
    void theMostProbableTokensAreThoseOfTheWholeSequencesLogits() {
        try (Policy policy = policy()) {
            Notes notes = new Notes(3);
            GenerationTask task = task(2).readBy(notes);
            policy.generate(List.of(task));
            List<Integer> ids = new ArrayList<>(List.of(boxed(task.promptIds())));
            for (Seen seen : notes.seen) {
                float[][] logits = policy.logits(ids.stream().mapToInt(id -> id).toArray());
                float[] last = logits[logits.length - 1];
                double sum = IntStream.range(0, last.length)
                        .mapToDouble(id -> Math.exp(last[id]))
                        .sum();
                List<Integer> order = IntStream.range(0, last.length)
                        .boxed()
                        .sorted(Comparator.comparingDouble(id -> -last[id]))
                        .limit(3)
                        .toList();
                assertThat(seen.likeliest()).isEqualTo(order);
                for (int i = 0; i < 3; i++) {
                    assertThat((double) seen.logProbs().get(i))
                            .isCloseTo(last[order.get(i)] - Math.log(sum), within(3e-5));
                }
                ids.add(seen.id());
            }
            assertThat(notes.seen).isNotEmpty();
        }
    }

    @Test
    void aResponseIsTheSameWhoeverReadsItAndWhateverOthersWantToSee() {
        List<GenerationTask> plain =
                IntStream.range(0, 12).mapToObj(TokenReaderTest::task).toList();
        List<GenerationTask> read = IntStream.range(0, 12)
                .mapToObj(key -> task(key).readBy(new Notes(key % 5)))
                .toList();
        try (Policy policy = policy()) {
            List<GeneratedResponse> expected = policy.generate(plain);
            assertThat(policy.generate(read)).isEqualTo(expected);
        }
    }

    @Test
    void aReaderThatThrowsEndsItsOwnResponseOnly() {
        TokenReader broken = new TokenReader() {
            @Override
            public int alternatives() {
                return 0;
            }

            @Override
            public void wrote(int id, float logProb, int[] likeliest, float[] theirLogProbs) {
                throw new IllegalStateException("a pipe is broken");
            }
        };
        try (Policy policy = policy()) {
            List<CompletableFuture<GeneratedResponse>> futures =
                    policy.submit(List.of(task(3).readBy(broken), task(4)));
            assertThatThrownBy(futures.get(0)::join).hasMessageContaining("a pipe is broken");
            assertThat(futures.get(1).join())
                    .isEqualTo(policy.generate(List.of(task(4))).get(0));
        }
    }

    /** Where logits are equal, only the way of looking for the highest says which come first. */
    @Test
    void whichOfEquallyProbableTokensAreShownDependsOnNobodyElse() {
        Path indifferent = TinyModel.indifferentPolicy(directory.resolve("indifferent"), 12);
        try (Policy policy = Policy.forServing(indifferent, new GenerationLimits(1 << 24, 64), WeightType.FLOAT32)) {
            Set<List<Seen>> seen = new HashSet<>();
            for (int others : new int[] {0, 1, 5, TokenReader.MOST_ALTERNATIVES}) {
                Notes notes = new Notes(3);
                policy.generate(List.of(task(1).readBy(notes), task(2).readBy(new Notes(others)), task(3)));
                seen.add(notes.seen);
            }
            assertThat(seen).singleElement().asInstanceOf(LIST).isNotEmpty();
        }
    }

    @Test
    void nobodySeesMoreThanAllMaySee() {
        Notes greedy = new Notes(TokenReader.MOST_ALTERNATIVES + 1);
        assertThatThrownBy(() -> task(1).readBy(greedy))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 to 20");
    }

    @Test
    void moreTokensThanTheVocabularyHasAreNotShown() {
        try (Policy policy = policy()) {
            Notes notes = new Notes(TokenReader.MOST_ALTERNATIVES);
            policy.generate(List.of(task(5).readBy(notes)));
            assertThat(notes.seen)
                    .allSatisfy(seen ->
                            assertThat(seen.likeliest()).hasSize(policy.config().vocabularySize()));
        }
    }

    private static Integer[] boxed(int[] ids) {
        return IntStream.of(ids).boxed().toArray(Integer[]::new);
    }
}
