package dev.tempo.recipes.naming;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNamesTest {
    private static final List<String> COMMANDS = List.of("run", "doctor", "compare", "recompute", "export", "judge");

    @Test
    void aNameThatDiffersInFewLettersIsNear() {
        assertThat(NearestNames.to("docter", COMMANDS, 3)).containsExactly("doctor");
        assertThat(NearestNames.to("Compair", COMMANDS, 3)).containsExactly("compare");
        assertThat(NearestNames.to("rum", COMMANDS, 3)).containsExactly("run");
    }

    @Test
    void whatLooksLikeNothingHasNoNearName() {
        assertThat(NearestNames.to("train", COMMANDS, 3)).isEmpty();
        assertThat(NearestNames.to("ls", COMMANDS, 3)).isEmpty();
        assertThat(NearestNames.to("", COMMANDS, 3)).isEmpty();
    }

    @Test
    void theBeginningOfANameIsNearAndTheNearestComeFirst() {
        List<String> runs = List.of("quickstart-s0-1121-141831", "quickstart-s1-1121-141831", "mine-s0-1121-141831");

        assertThat(NearestNames.to("quickstart", runs, 3)).containsExactly(runs.get(0), runs.get(1));
        assertThat(NearestNames.to("quickstart-s1-1121-14183", runs, 3)).first().isEqualTo(runs.get(1));
    }
}
