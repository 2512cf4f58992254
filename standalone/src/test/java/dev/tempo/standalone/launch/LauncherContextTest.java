package dev.tempo.standalone.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;

class LauncherContextTest {
    @Test
    void aCommandHasAllThatMessagingConfiguresForServices() {
        List<String> messaging =
                ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()).getCandidates().stream()
                        .filter(name -> name.startsWith("dev.tempo.messaging."))
                        .toList();

        assertThat(messaging).isNotEmpty();
        assertThat(ImportCandidates.load(LauncherContext.class, getClass().getClassLoader())
                        .getCandidates())
                .containsAll(messaging);
    }
}
