package dev.tempo.datasets.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.datasets.DataFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownQuestionsTest {
    @TempDir
    Path folder;

    @Test
    void aQuestionIsKnownHoweverItIsWrittenAndItsTextIsNotKept() throws IOException {
        KnownQuestions known = new KnownQuestions();
        known.add("Problem 4: What is $1+1$?", "it is in set 'holdout', which is measured");
        Path file = folder.resolve("run/known-questions.txt");
        known.write(file);

        KnownQuestions read = KnownQuestions.read(file);

        assertThat(read.reason(KnownQuestions.hash("what is 1 + 1")))
                .contains("it is in set 'holdout', which is measured");
        assertThat(read.reason(KnownQuestions.hash("What is 1 + 2?"))).isEmpty();
        assertThat(Files.readString(file)).doesNotContain("What", "1+1").hasLineCount(1);
    }

    @Test
    void whatIsNoSuchFileIsRefusedWithItsLine() throws IOException {
        Path file = Files.writeString(folder.resolve("known"), "0".repeat(64) + " labeled\nnonsense\n");
        assertThatThrownBy(() -> KnownQuestions.read(file))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("line 2");
        assertThatThrownBy(() -> KnownQuestions.read(folder.resolve("none")))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("submit the run anew");
    }
}
