package dev.tempo.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code ./tempo doctor} as it is typed. */
class DoctorCommandTest {
    private static final Path RECIPES =
            Path.of("..", "recipes").toAbsolutePath().normalize();

    @TempDir
    Path directory;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    static Stream<Path> recipesThatShipWithTheirData() throws IOException {
        return Files.list(RECIPES).filter(file -> file.toString().endsWith(".yaml"));
    }

    @ParameterizedTest
    @MethodSource("recipesThatShipWithTheirData")
    void everyRecipeThatShipsWithItsDataCanBeRun(Path recipe) {
        assertThat(doctor(recipe.toString())).as(said()).isZero();
        assertThat(said()).contains("recipe", recipe.toString()).doesNotContain("PROBLEM");
    }

    @Test
    void aRecipeIsPlannedForAnotherMachinesDevices() {
        int status = doctor(RECIPES.resolve("quickstart.yaml").toString(), "--memory=80");

        assertThat(status).as(said()).isZero();
        assertThat(said()).contains("rollout", "critic", "policy", "80");
    }

    @Test
    void servingIsCountedInFullBesideTheRun() {
        int status = doctor(RECIPES.resolve("quickstart.yaml").toString(), "--serve");

        assertThat(status).as(said()).isZero();
        assertThat(said()).contains("serving holds up to", "2 versions", "of which the run holds");
        assertThat(doctor("--serve", "--memory=80")).isEqualTo(1);
    }

    @Test
    void aDigestOfTenRoundsIsPrintedForBothNumerics() {
        System.setProperty("tempo.home", "..");
        int status;
        try {
            status = doctor("--digest");
        } finally {
            System.clearProperty("tempo.home");
        }

        assertThat(status).as(said()).isZero();
        List<String> lines = said().lines().toList();
        assertThat(lines).hasSize(12);
        assertThat(lines.get(0)).contains("PyTorch 2", "1 thread");
        assertThat(lines.get(1)).matches("native    [0-9a-f]{16}");
        assertThat(lines.get(6)).matches("portable  [0-9a-f]{16}");
        assertThat(lines.subList(2, 6)).allMatch(line -> line.matches(" {10}[0-9a-f]{16}  first round: [a-z]+"));
    }

    @Test
    void aDigestIsNotOfARecipe() {
        assertThat(doctor("--digest", RECIPES.resolve("quickstart.yaml").toString()))
                .isEqualTo(1);
        assertThat(said()).isEmpty();
    }

    @Test
    void numericsThatAreNoChoiceAreRefusedByName() {
        assertThat(doctor("--numerics=exact")).isEqualTo(2);
        assertThat(said()).isEmpty();
    }

    @Test
    void whatARunMakesByItselfIsNoProblem() {
        System.setProperty(
                "tempo.home", Path.of("..").toAbsolutePath().normalize().toString());
        int status;
        try {
            status = doctor(RECIPES.resolve("words.yaml").toString(), "--seed=999");
        } finally {
            System.clearProperty("tempo.home");
        }

        assertThat(status).as(said()).isZero();
        assertThat(said())
                .contains("the base model of seed 999", "./tempo pretrain --world words --seed 999", "rules 2")
                .doesNotContain("PROBLEM");
    }

    private String said() {
        return output.toString(StandardCharsets.UTF_8);
    }

    private int doctor(String... arguments) {
        String[] all = Stream.concat(
                        Stream.of("doctor", "--workspace=" + directory, "--port-base=23300"), Stream.of(arguments))
                .toArray(String[]::new);
        PrintStream before = System.out;
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        try {
            return Tempo.commandLine().execute(all);
        } finally {
            System.setOut(before);
        }
    }
}
