package dev.tempo.recipes.naming;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    private static final List<String> COMMANDS = List.of("run", "doctor", "compare", "recompute", "export", "judge");

    @Test
    void aNameThatDiffersInFewLettersIsNear() {
        assertThat(Nearest.to("docter", COMMANDS, 3)).containsExactly("doctor");
        assertThat(Nearest.to("Compair", COMMANDS, 3)).containsExactly("compare");
        assertThat(Nearest.to("rum", COMMANDS, 3)).containsExactly("run");
    }

    @Test
    void whatLooksLikeNothingHasNoNearName() {
        assertThat(Nearest.to("train", COMMANDS, 3)).isEmpty();
        assertThat(Nearest.to("ls", COMMANDS, 3)).isEmpty();
        assertThat(Nearest.to("", COMMANDS, 3)).isEmpty();
    }

    @Test
    void theBeginningOfANameIsNearAndTheNearestComeFirst() {
        List<String> runs = List.of("quickstart-s0-1121-141831", "quickstart-s1-1121-141831", "mine-s0-1121-141831");

        assertThat(Nearest.to("quickstart", runs, 3)).containsExactly(runs.get(0), runs.get(1));
        assertThat(Nearest.to("quickstart-s1-1121-14183", runs, 3)).first().isEqualTo(runs.get(1));
    }
}
