package dev.tempo.standalone.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The walls that Maven's dependencies build, and what every source file has to keep to. */
class ModuleWallsTest {
    private static final int LARGEST_SOURCE = 16 * 1024;
    private static final int LARGEST_PACKAGE = 40;
    private static final Pattern DEPENDENCY = Pattern.compile(
            "<dependency>\\s*<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>(.*?)</dependency>",
            Pattern.DOTALL);

    /** What each module may use of the others in production. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("common/test-fixtures", Set.of()),
            Map.entry("common/plugin-api", Set.of()),
            Map.entry("common/contract", Set.of("plugin-api")),
            Map.entry("common/algorithm", Set.of("contract")),
            Map.entry("common/recipes", Set.of("contract")),
            Map.entry("common/chat-template", Set.of()),
            Map.entry("common/runs", Set.of("contract")),
            Map.entry("common/datasets", Set.of("contract")),
            Map.entry("common/verification", Set.of("plugin-api")),
            Map.entry("common/judging", Set.of("contract", "plugin-api", "verification")),
            Map.entry("common/language-model", Set.of("algorithm", "contract")),
            Map.entry("common/conformance", Set.of("algorithm", "judging", "language-model")),
            Map.entry("common/messaging", Set.of("contract")),
            Map.entry(
                    "rollout-service",
                    Set.of("chat-template", "contract", "algorithm", "datasets", "messaging", "language-model")),
            Map.entry(
                    "critic-service",
                    Set.of("contract", "runs", "algorithm", "datasets", "messaging", "language-model")),
            Map.entry(
                    "policy-service",
                    Set.of("contract", "runs", "algorithm", "datasets", "messaging", "language-model")),
            Map.entry("judge-service", Set.of("algorithm", "judging", "messaging", "runs")),
            Map.entry("eval-service", Set.of("contract", "algorithm", "datasets", "messaging")));

    @Test
    void everyModuleButTheLauncherHasItsWalls() {
        Set<String> walled = new TreeSet<>(MAY_USE.keySet());
        walled.addAll(Set.of("standalone", "distribution"));
        assertThat(walled).isEqualTo(new TreeSet<>(modules()));
    }

    @Test
    void modulesUseOnlyWhatIsBelowThem() {
        MAY_USE.forEach((module, allowed) -> {
            Set<String> used = new TreeSet<>();
            for (Matcher dependency : dependencies(module)) {
                if (dependency.group(1).equals("dev.tempo")) {
                    used.add(dependency.group(2).replaceFirst("^tempo-", ""));
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
                        .noneMatch(dependency -> dependency.group(1).startsWith("ai.djl")));
    }

    @Test
    void noServiceBringsABroker() {
        MAY_USE.keySet()
                .forEach(module -> assertThat(dependencies(module))
                        .as("dependencies of %s", module)
                        .noneMatch(dependency -> dependency.group(2).startsWith("kafka_")));
    }

    @Test
    void theVerifierKnowsNoFramework() {
        Pattern foreign = Pattern.compile(
                "(?m)^import (?:static )?(?!java\\.|org\\.jspecify\\.|tools\\.jackson\\.|dev\\.tempo\\.plugin\\.|dev\\.tempo\\.verification)");
        assertThat(Project.sourcesOf("common/verification"))
                .isNotEmpty()
                .noneMatch(source -> foreign.matcher(Project.text(source)).find());
    }

    @Test
    void everyPackageIsNullMarked() {
        for (Path directory : new TreeSet<>(
                Project.mainSources().stream().map(Path::getParent).toList())) {
            Path marker = directory.resolve("package-info.java");
            assertThat(marker)
                    .as("every package says that nothing in it is null")
                    .exists();
            assertThat(Project.text(marker)).as(marker.toString()).contains("@NullMarked");
        }
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
        Pattern module = Pattern.compile("<module>([^<]+)</module>");
        List<String> all = new ArrayList<>();
        module.matcher(Project.text("pom.xml")).results().forEach(found -> all.add(found.group(1)));
        all.remove("common");
        module.matcher(Project.text("common/pom.xml")).results().forEach(found -> all.add("common/" + found.group(1)));
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

    private static List<Matcher> dependencies(String module) {
        Matcher found = DEPENDENCY.matcher(Project.text(module + "/pom.xml"));
        List<Matcher> dependencies = new ArrayList<>();
        while (found.find()) {
            if (!found.group(3).contains("<scope>test</scope>")) {
                Matcher one = DEPENDENCY.matcher(found.group());
                assertThat(one.matches()).isTrue();
                dependencies.add(one);
            }
        }
        return dependencies;
    }
}
