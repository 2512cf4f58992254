package dev.tempo.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The walls that Maven's dependencies build, and what every source file has to keep to. */
class ModuleWallsTest {
    private static final int LARGEST_SOURCE = 16 * 1024;
    private static final int LARGEST_PACKAGE = 40;

    /** What each module may use of the others in production. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("common/test-fixtures", Set.of()),
            Map.entry("common/plugin-api", Set.of()),
            Map.entry("common/contract", Set.of("plugin-api")),
            Map.entry("common/algorithm", Set.of("contract")),
            Map.entry("common/recipes", Set.of("contract")),
            Map.entry("common/chat-template", Set.of()),
            Map.entry("common/timeline", Set.of()),
            Map.entry("common/runs", Set.of("contract", "timeline")),
            Map.entry("common/kept", Set.of("contract")),
            Map.entry("common/datasets", Set.of("contract", "kept")),
            Map.entry("common/verification", Set.of("plugin-api")),
            Map.entry("common/judging", Set.of("contract", "plugin-api", "verification")),
            Map.entry("common/language-model", Set.of("algorithm", "contract", "timeline")),
            Map.entry("common/conformance", Set.of("algorithm", "chat-template", "judging", "language-model")),
            Map.entry("common/serving", Set.of("algorithm", "chat-template", "contract", "language-model", "runs")),
            Map.entry("common/messaging", Set.of("contract", "timeline")),
            Map.entry(
                    "rollout-service",
                    Set.of(
                            "chat-template",
                            "contract",
                            "plugin-api",
                            "verification",
                            "algorithm",
                            "datasets",
                            "kept",
                            "messaging",
                            "runs",
                            "serving",
                            "timeline",
                            "language-model")),
            Map.entry(
                    "critic-service",
                    Set.of("contract", "runs", "timeline", "algorithm", "datasets", "messaging", "language-model")),
            Map.entry(
                    "policy-service",
                    Set.of(
                            "contract",
                            "plugin-api",
                            "runs",
                            "timeline",
                            "algorithm",
                            "datasets",
                            "messaging",
                            "language-model")),
            Map.entry("judge-service", Set.of("algorithm", "judging", "kept", "messaging", "runs", "timeline")),
            Map.entry(
                    "eval-service",
                    Set.of(
                            "contract",
                            "algorithm",
                            "datasets",
                            "judging",
                            "kept",
                            "messaging",
                            "recipes",
                            "runs",
                            "timeline")));

    @Test
    void everyModuleBelowTheLauncherHasItsWalls() {
        Set<String> walled = new TreeSet<>(MAY_USE.keySet());
        walled.addAll(List.of("standalone", "system-tests", "distribution"));
        assertThat(walled).isEqualTo(new TreeSet<>(modules()));
    }

    @Test
    void modulesUseOnlyWhatIsBelowThem() {
        MAY_USE.forEach((module, allowed) -> {
            Set<String> used = new TreeSet<>();
            for (Pom.Dependency dependency : dependencies(module)) {
                if (dependency.group().equals("dev.tempo")) {
                    used.add(dependency.artifact().substring("tempo-".length()));
                }
            }
            assertThat(allowed).as("modules that %s may use", module).containsAll(used);
        });
    }

    @Test
    void onlyTheLanguageModelBringsTheTensorEngine() {
        MAY_USE.keySet().stream()
                .filter(module -> !module.equals("common/language-model"))
                .forEach(module -> assertThat(dependencies(module))
                        .as("dependencies of %s", module)
                        .noneMatch(dependency -> dependency.group().startsWith("ai.djl")));
    }

    @Test
    void onlyTheDatasetsBringTheDatabaseAndJudgesHaveNone() {
        MAY_USE.keySet().stream()
                .filter(module -> !module.equals("common/datasets"))
                .forEach(module -> assertThat(dependencies(module))
                        .as("dependencies of %s", module)
                        .noneMatch(dependency -> dependency.group().equals("org.duckdb")));
        assertThat(MAY_USE.get("judge-service")).doesNotContain("datasets");
        assertThat(MAY_USE.get("common/judging")).doesNotContain("datasets");
    }

    @Test
    void noServiceBringsABroker() {
        MAY_USE.keySet()
                .forEach(module -> assertThat(dependencies(module))
                        .as("dependencies of %s", module)
                        .noneMatch(dependency -> dependency.artifact().startsWith("kafka_")));
    }

    @Test
    void noSourceFileIsLargerThanAScreenfulOrTen() throws IOException {
        List<Path> sources = Project.mainSources();
        assertThat(sources).hasSizeGreaterThan(100);
        for (Path source : sources) {
            assertThat(Files.size(source)).as("bytes of %s", source).isLessThanOrEqualTo(LARGEST_SOURCE);
        }
    }

    @Test
    void noPackageIsAnOverfullRoom() {
        Map<Path, Long> files =
                Project.mainSources().stream().collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
        files.forEach((directory, count) ->
                assertThat(count).as("files of %s", directory).isLessThanOrEqualTo(LARGEST_PACKAGE));
    }

    @Test
    void everyModuleSaysInItsReadmeWhatItIsForAndNamesClassesThatExist() {
        Set<String> names = new TreeSet<>();
        Project.mainSources()
                .forEach(source -> names.add(source.getFileName().toString().replace(".java", "")));
        for (String module : modules()) {
            String readme = Project.text(module + "/README.md");
            assertThat(readme).as("README of %s", module).startsWith("# ").hasSizeGreaterThan(200);
            assertThat(names.stream().filter(name -> readme.contains("`" + name)))
                    .as("classes that the README of %s names", module)
                    .isNotEmpty();
        }
    }

    private static List<String> modules() {
        List<String> all = new ArrayList<>(Pom.of("").modules());
        all.remove("common");
        Pom.of("common").modules().forEach(module -> all.add("common/" + module));
        assertThat(all).hasSizeGreaterThan(15);
        return all;
    }

    @Test
    void nobodyUsesLombokOrMocks() {
        MAY_USE.keySet()
                .forEach(module -> assertThat(Project.text(module + "/pom.xml"))
                        .as("pom of %s", module)
                        .doesNotContain("lombok")
                        .doesNotContain("mockito"));
    }

    private static List<Pom.Dependency> dependencies(String module) {
        return Pom.of(module).dependencies().stream()
                .filter(dependency -> !dependency.scope().equals("test"))
                .toList();
    }
}
