package dev.tempo.messaging.succession;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.CriticVersion;
import dev.tempo.contract.ModelReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PublicationFenceTest {
    private final List<CriticVersion> read = new ArrayList<>();
    private final PublicationFence<CriticVersion> fence = new PublicationFence<>(read::add);

    @Test
    void aSucceededTrainersWordOnAVersionIsPassedOverAfterItsSuccessors() {
        CriticVersion first = version("r", 3, 5L);
        CriticVersion successors = version("r", 3, 6L);
        CriticVersion again = version("r", 3, 6L);
        fence.accept(first);
        fence.accept(successors);
        fence.accept(version("r", 3, 5L));
        fence.accept(version("r", 3, null));
        fence.accept(again);

        assertThat(read).containsExactly(first, successors, again);
    }

    @Test
    void whatNobodyElseHasPublishedIsTakenFromWhomeverItComes() {
        CriticVersion later = version("r", 4, 6L);
        CriticVersion alone = version("r", 3, 5L);
        CriticVersion ofAnother = version("q", 4, 1L);
        CriticVersion withoutToken = version("r", 2, null);
        fence.accept(later);
        fence.accept(alone);
        fence.accept(ofAnother);
        fence.accept(withoutToken);

        assertThat(read).containsExactly(later, alone, ofAnother, withoutToken);
    }

    private static CriticVersion version(String run, int version, @Nullable Long token) {
        ModelReference model = new ModelReference("file:///critic/", "0".repeat(64));
        return new CriticVersion(run, version, model, false, Map.of(), 1, 1, token);
    }
}
