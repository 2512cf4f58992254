package dev.tempo.model.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.model.tokens.BytePairVocabulary.AddedToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BytePairTrainerTest {
    private static final List<AddedToken> ADDED =
            List.of(new AddedToken("<|end|>", true), new AddedToken("</think>", false));

    /** The merges of Hugging Face's BpeTrainer (tokenizers 0.23.3, ByteLevel's alphabet, 330 tokens) for {@link #numbers}. */
    private static final String HUGGING_FACE =
            "e d|i s|\u0120 a|\u0120 is|b e|b y|d d|i p|i ed|l t|l ied|m u|m be|n d|n u|\u0120 by|\u0120 mu|\u0120"
                    + " nu|\u0120a dd|\u0120a nd|ip lied|lt iplied|mbe r|\u0120mu ltiplied|\u0120nu mber|\u0120add"
                    + " ed|\u0120 1|\u0120 3|\u0120 2|\u0120 4|\u0120 9|\u0120 6|\u0120 7|\u0120 8|\u01201 0|\u01201"
                    + " 1|\u0120 5|\u01201 2|\u01201 5|\u01201 8|\u01203 0|\u01203 3|\u01203 6|\u01203 9|\u01202 1|\u01202"
                    + " 4|\u01202 7|\u0120 0|\u01201 3|\u01201 4|\u01201 6|\u01201 7|\u01201 9|\u01203 1|\u01203 2|\u01203"
                    + " 4|\u01203 5|\u01203 7|\u01203 8|\u01202 0|\u01202 2|\u01202 3|\u01202 5|\u01202 6|\u01202"
                    + " 8|\u01202 9|\u01204 2|\u01204 5|\u01204 0|\u01204 1|\u01204 3|\u01204 4|\u01204 6|\u01204 8";

    @TempDir
    Path directory;

    private static BytePairVocabulary numbers() {
        BytePairTrainer trainer = new BytePairTrainer();
        for (int number = 0; number < 40; number++) {
            trainer.add(
                    "A number is multiplied by " + number + " and " + (number + 7) + " is added: " + number * 3 + "!");
        }
        return trainer.train(330);
    }

    /** hug 10, pug 5, pun 12, bun 4, hugs 5: u g 20 times, then u n 16 times, then h ug 15 times, p un 12 times, … */
    @Test
    void theMostFrequentPairBecomesATokenAgainAndAgain() {
        BytePairTrainer trainer = new BytePairTrainer();
        add(trainer, "hug", 10);
        add(trainer, "pug", 5);
        add(trainer, "pun", 12);
        add(trainer, "bun", 4);
        add(trainer, "hugs", 5);

        BytePairVocabulary vocabulary = trainer.train(260);

        assertThat(vocabulary.merges())
                .containsExactly(List.of("u", "g"), List.of("u", "n"), List.of("h", "ug"), List.of("p", "un"));
        assertThat(vocabulary.tokens()).hasSize(260).endsWith("ug", "un", "hug", "pun");
        assertThat(vocabulary.encode("hugs"))
                .containsExactly(258, vocabulary.tokens().indexOf("s"));
    }

    @Test
    void betweenEquallyFrequentPairsThatOfTheLowerIdsComesFirst() {
        BytePairTrainer trainer = new BytePairTrainer();
        add(trainer, "dc", 3);
        add(trainer, "ba", 3);
        add(trainer, "bz", 3);

        assertThat(trainer.train(259).merges())
                .containsExactly(List.of("b", "a"), List.of("b", "z"), List.of("d", "c"));
    }

    @Test
    void itMergesWhatHuggingFacesTrainerMerges() {
        assertThat(numbers().merges().stream().map(pair -> String.join(" ", pair)))
                .containsExactly(HUGGING_FACE.split("\\|"));
    }

    @Test
    void trainingEndsWhereEveryPieceIsOneToken() {
        BytePairTrainer trainer = new BytePairTrainer();
        trainer.add("one, two, 10 and 10.");

        BytePairVocabulary vocabulary = trainer.train(10_000);

        assertThat(vocabulary.encode("one, two, 10 and 10.")).hasSize(8);
        assertThat(vocabulary.tokens()).hasSizeLessThan(280);
    }

    @Test
    void theSameTextsInAnyOrderGiveTheSameFile() {
        BytePairTrainer first = new BytePairTrainer();
        first.add("one two");
        first.add("three");
        BytePairTrainer second = new BytePairTrainer();
        second.add("three");
        second.add("one two");

        assertThat(second.train(300).tokenizerJson(ADDED))
                .isEqualTo(first.train(300).tokenizerJson(ADDED));
    }

    /** Hugging Face's library reads the file and cuts texts into the ids that the trainer means, also texts it never saw. */
    @Test
    void theFileEncodesAsTheTrainerSays() throws IOException {
        BytePairVocabulary vocabulary = numbers();
        Path file = Files.write(directory.resolve("tokenizer.json"), vocabulary.tokenizerJson(ADDED));

        try (Tokenizer tokenizer = Tokenizer.read(file)) {
            assertThat(tokenizer.vocabularySize()).isEqualTo(332);
            for (String text : List.of(
                    "A number is multiplied by 31 and 38 is added: 93!",
                    " 12  and\n\n 7\t\u00a0x",
                    "it's 1234567 numbers, we'll add 's",
                    "Zahl \u00e4\u00f6\u00fc\u00df, \u6570\u5b57 \u0663\u0664, \ud83d\ude00\ud83d\ude00 \u2153",
                    "\\boxed{31}.",
                    "   ")) {
                int[] ids = tokenizer.encode(text);
                assertThat(ids).as(text).isEqualTo(vocabulary.encode(text));
                assertThat(tokenizer.decode(ids)).isEqualTo(text);
            }
            assertThat(tokenizer.encode("is</think>A<|end|>"))
                    .containsSequence(331)
                    .endsWith(330);
            assertThat(tokenizer.decode(new int[] {330, 331}, true)).isEqualTo("</think>");
        }
    }

    private static void add(BytePairTrainer trainer, String text, int times) {
        for (int i = 0; i < times; i++) {
            trainer.add(text);
        }
    }
}
