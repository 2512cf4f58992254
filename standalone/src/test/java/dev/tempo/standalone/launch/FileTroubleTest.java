package dev.tempo.standalone.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FileTroubleTest {
    @Test
    void anExceptionThatSaysNothingOfItsOwnIsNoReasonToNameAClass() {
        for (IOException trouble :
                new IOException[] {new NoSuchFileException("/runs/a"), new IOException("no route")}) {
            UncheckedIOException wrapped = new UncheckedIOException(trouble);
            assertThat(FileTrouble.words(String.valueOf(wrapped.getMessage()), trouble))
                    .isEqualTo(FileTrouble.words(trouble))
                    .doesNotContain("Exception");
        }
        assertThat(FileTrouble.words(new NoSuchFileException("/runs/a"))).isEqualTo("/runs/a is not there");
    }

    @Test
    void whatWasBeingDoneComesFirstAndNothingIsSaidTwice() {
        NoSuchFileException gone = new NoSuchFileException("/runs/a");
        assertThat(FileTrouble.words("/runs/a cannot be read: " + gone, gone))
                .isEqualTo("/runs/a cannot be read: it is not there");
        assertThat(FileTrouble.words("the report cannot be written: /runs/a", gone))
                .isEqualTo("the report cannot be written: /runs/a is not there");
    }

    @Test
    void itSaysWhatToDo() {
        assertThat(FileTrouble.words(new AccessDeniedException("/runs/a"))).contains("change its permissions");
        assertThat(FileTrouble.words(new FileSystemException("/runs/a", null, "No space left on device")))
                .isEqualTo("/runs/a does not fit: No space left on device; free some space");
        assertThat(FileTrouble.words(new IOException("No space left on device")))
                .endsWith("; free some space");
    }
}
