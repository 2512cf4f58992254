package dev.tempo.eval.reproduction;

import static dev.tempo.eval.reproduction.SummaryBuilder.aSummary;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class SuiteReportTest {
    @TempDir
    private Path directory;

    private static List<MethodSummary> summaries() {
        List<MethodSummary> summaries = new ArrayList<>();
        for (int seed = 2; seed < 5; seed++) {
            for (String method : Method.USUAL) {
                summaries.add(aSummary(method, seed)
                        .at(0, 1, 1, 2, 0)
                        .at(10, 2, 3, 2, seed % 3)
                        .at(20, 3, method.equals("tempo") ? 4 : 1, 4, 1)
                        .build());
            }
        }
        return summaries;
    }

    @Test
    void summariesComeBackAsTheyWereWrittenAndGiveTheSameBytes() throws IOException {
        List<MethodSummary> summaries = summaries();
        Path one = directory.resolve("one");
        Path other = directory.resolve("other");
        summaries.forEach(summary -> summary.write(SuiteReport.data(one)));
        new SuiteReport(summaries).write(one);

        List<MethodSummary> read = SuiteReport.read(List.of(one));
        Collections.reverse(read);
        new SuiteReport(read).write(other);

        assertThat(read).containsExactlyInAnyOrderElementsOf(summaries);
        try (Stream<Path> written = Files.walk(other)) {
            List<Path> files = written.filter(Files::isRegularFile).toList();
            assertThat(files).hasSizeGreaterThan(12);
            for (Path file : files) {
                assertThat(file).hasSameBinaryContentAs(one.resolve(other.relativize(file)));
            }
        }
        assertThat(SuiteReport.data(one).resolve("quickstart-tempo-s2-r20.json"))
                .isRegularFile();
    }

    @Test
    void thePageNeedsNothingElseAndBothFormsSayTheSame() throws IOException {
        List<Path> files = new SuiteReport(summaries()).write(directory);

        String page = Files.readString(files.get(0));
        String text = Files.readString(files.get(1));
        assertThat(page).doesNotContain("<script", "src=", "url(", "@import", "<link");
        assertThat(page.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http:", "https:");
        assertThat(page).contains("prefers-color-scheme:dark", "viewport");
        for (String words : List.of(
                "Seed 2 (looked at while tuning)",
                "Seeds 3-4 (not looked at while tuning)",
                "./tempo reproduce --seeds 2-4 --rounds 20",
                "TEMPO less TTRL",
                "Improvement by TEMPO",
                "TTRL (20); EMPO (20)",
                "tempo 0.1.0 (commit 1ab6cad), Java 17; A processor, 2 cores")) {
            assertThat(page).contains(words);
            assertThat(text).contains(words);
        }
        for (MatchResult figure : Pattern.compile("\\]\\((results/[a-z0-9-]+\\.svg)\\)")
                .matcher(text)
                .results()
                .toList()) {
            assertThat(directory.resolve(figure.group(1))).isRegularFile();
        }
    }

    @Test
    void everyFigureIsWellFormedAndNoTwoNamesTouch() throws Exception {
        new SuiteReport(summaries()).write(directory);

        List<Path> figures;
        try (Stream<Path> files = Files.list(directory.resolve("results"))) {
            figures = files.filter(file -> file.toString().endsWith(".svg")).toList();
        }
        assertThat(figures).hasSizeGreaterThan(10);
        for (Path figure : figures) {
            String svg = Files.readString(figure);
            DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
            List<Double> names = Pattern.compile("<text x=\"502\" y=\"([0-9.]+)\"")
                    .matcher(svg)
                    .results()
                    .map(name -> Double.valueOf(name.group(1)))
                    .toList();
            assertThat(names).as(figure.toString()).isNotEmpty().isSorted();
            for (int i = 1; i < names.size(); i++) {
                assertThat(names.get(i) - names.get(i - 1))
                        .as(figure.toString())
                        .isGreaterThan(16.5);
            }
            assertThat(names.get(names.size() - 1)).isLessThan(330);
            assertThat(svg).doesNotContain("NaN", "Infinity");
        }
    }

    @Test
    void commandsMakeTheRunsThatAreThereAndNoOthers() {
        List<MethodSummary> summaries = new ArrayList<>(summaries());
        summaries.add(aSummary("tempo", 3).at(0, 1, 1).at(20, 2, 2).at(30, 4, 4).build());
        summaries.add(aSummary("own", 7).at(0, 1, 1).at(20, 2, 2).build());
        summaries.add(aSummary("tempo", 7).at(0, 1, 1).at(20, 2, 2).build());

        new SuiteReport(summaries).write(directory);

        assertThat(directory.resolve("results.md"))
                .content()
                .as("a cell whose words are small begins with them")
                .doesNotContain("| <br>")
                .contains("these runs: `./tempo reproduce --seeds 2,4 --rounds 20`,"
                        + " `./tempo reproduce --seeds 3 --methods rehearsed,ttrl,empo,frozen,continued"
                        + " --rounds 20`, `./tempo reproduce --seeds 7 --methods tempo,own --rounds 20`,"
                        + " `./tempo reproduce --seeds 3 --methods tempo --rounds 30`.");
    }

    @Test
    void afterALongerRunOneFigureShowsAllOfItAndTheOthersWhatAllHave() throws IOException {
        List<MethodSummary> summaries = new ArrayList<>(summaries());
        for (String method : List.of("tempo", "frozen")) {
            summaries.add(aSummary(method, 3)
                    .at(0, 1, 1, 2, 0)
                    .at(10, 2, 3, 2, 1)
                    .at(20, 3, 4, 4, 1)
                    .at(350, 4, 4, 4, 4)
                    .build());
        }

        new SuiteReport(summaries).write(directory);

        assertThat(figure("figure-4-later-rounds")).contains(">TEMPO<", ">frozen critic<", ">400<");
        assertThat(figure("figure-1-accuracy"))
                .contains(">TEMPO<", ">TTRL<", ">20<")
                .doesNotContain(">30<");
    }

    @Test
    void aFigureThatComparesIsLeftOutWhereOneSideIsMissing() throws IOException {
        new SuiteReport(List.of(aSummary("tempo", 0).at(0, 1, 1).at(10, 2, 2).build())).write(directory);

        assertThat(figure("figure-1-accuracy")).contains(">TEMPO<");
        assertThat(directory.resolve("results/figure-5-supervised.svg")).doesNotExist();
        assertThat(directory.resolve("results/figure-6-frozen.svg")).doesNotExist();
        assertThat(directory.resolve("results.md")).content().doesNotContain("Figure 5:", "Figure 6:");
    }

    @Test
    void everyWorldHasItsChapterTheQuickstartFirst() throws IOException {
        List<MethodSummary> both = new ArrayList<>(summaries());
        both.add(aSummary("tempo", 0).world("words").at(0, 1, 1).at(20, 4, 4).build());
        both.add(aSummary("tempo", 3).world("words").at(0, 1, 1).at(20, 4, 4).build());

        SuiteReport report = new SuiteReport(both);
        report.write(directory);

        String text = Files.readString(directory.resolve("results.md"));
        assertThat(text)
                .startsWith("# TEMPO's claims on the worlds quickstart, words\n")
                .containsSubsequence(
                        "World quickstart: Reproduced on seed 2",
                        "World words: Reproduced on seed 0",
                        "# World quickstart\n",
                        "](results/figure-1-accuracy.svg)",
                        "# World words\n",
                        "](results/words-figure-1-accuracy.svg)");
        assertThat(report.claims().keySet())
                .containsExactly(
                        "quickstart, seed 2 (looked at while tuning)",
                        "quickstart, seeds 3-4 (not looked at while tuning)",
                        "words, seed 0 (looked at while tuning)",
                        "words, seed 3 (not looked at while tuning)");
        assertThat(directory.resolve("results/figure-1-accuracy.svg")).isRegularFile();
    }

    @Test
    void ofAWorldThatDoesNotShipNobodySaysWhatWasLookedAt() throws IOException {
        SuiteReport report = new SuiteReport(List.of(
                aSummary("tempo", 0).world("mine").at(0, 1, 1).at(20, 4, 4).build(),
                aSummary("tempo", 7).world("mine").at(0, 1, 1).at(20, 4, 4).build()));
        report.write(directory);

        assertThat(report.claims()).containsOnlyKeys("seeds 0, 7");
        assertThat(directory.resolve("results.md"))
                .content()
                .contains("`./tempo reproduce --recipe FILE --seeds 0,7 --methods tempo --rounds 20`")
                .doesNotContain("looked at while tuning");
    }

    @Test
    void aMethodThatWasTunedOnMoreSeedsThanItsWorldSaysSo() throws IOException {
        MethodSummary tempo =
                aSummary("tempo", 3).world("words").at(0, 1, 1).at(20, 4, 4).build();
        MethodSummary lora =
                aSummary("lora", 3).world("words").at(0, 1, 1).at(20, 4, 4).build();
        String sentence = "TEMPO, LoRA was itself tuned on seeds 0-4.";

        new SuiteReport(List.of(tempo, lora)).write(directory);
        assertThat(directory.resolve("results.md")).content().contains(sentence);

        new SuiteReport(List.of(tempo)).write(directory);
        assertThat(directory.resolve("results.md")).content().doesNotContain(sentence);
    }

    @Test
    void whatNoJudgeSaysIsNotCountedAsNothing() throws IOException {
        List<MethodSummary> silent = new ArrayList<>();
        for (String method : List.of("tempo", "rehearsed")) {
            silent.add(
                    aSummary(method, 0).claiming(null).at(0, 1, 1).at(20, 4, 3).build());
        }
        new SuiteReport(silent).write(directory);

        assertThat(directory.resolve("results/claims-to-be-right.svg")).doesNotExist();
        assertThat(directory.resolve("results.md"))
                .content()
                .contains("and costs no accuracy: was not counted in these runs");
    }

    @Test
    void runsOfMoreSeedsThanCanBeEnumeratedAreReported() throws IOException {
        List<MethodSummary> many = new ArrayList<>();
        for (int seed = 3; seed < 24; seed++) {
            many.add(aSummary("tempo", seed).at(0, 1, 1).at(20, 4, 4).build());
            many.add(aSummary("ttrl", seed).at(0, 1, 1).at(20, 2, 2).build());
        }
        new SuiteReport(many).write(directory);

        assertThat(directory.resolve("results.md")).content().contains("| < .001 |", "seeds 3-23");
    }

    @Test
    void methodsWithAStageOfTheirOwnAreNamedAndEveryRowSaysItsSeeds() throws IOException {
        new SuiteReport(List.of(
                        aSummary("tempo", 0).at(0, 1, 1).at(20, 4, 4).build(),
                        aSummary("lora", 0).at(0, 1, 2).at(20, 4, 4).build(),
                        aSummary("lora", 1).at(0, 1, 2).at(20, 4, 4).build()))
                .write(directory);

        assertThat(directory.resolve("results.md"))
                .content()
                .contains(
                        "| after stage 1 (seed 0) |",
                        "| Improvement by TEMPO (seed 0) |",
                        "A stage 1 of their own, not that of the first row, have: TEMPO, LoRA.",
                        "(looked at while tuning), at round 20 |");
    }

    @Test
    void whatIsOnSomeOfTheSeedsOnlySaysSo() throws IOException {
        List<MethodSummary> summaries = new ArrayList<>(summaries());
        summaries.removeIf(summary -> summary.method().equals("empo") && summary.seed() == 3);

        new SuiteReport(summaries).write(directory);

        assertThat(directory.resolve("results.md"))
                .content()
                .contains(
                        "| EMPO (seed 4) |",
                        "| TEMPO less EMPO<br>seed 4 |",
                        "<br>seed 4 |",
                        "Only on some seeds are: EMPO on seeds 2, 4.",
                        "at least one sample is right. Only on some seeds are: EMPO on seeds 2, 4.");
    }

    @Test
    void ablationsAreOfOneWorld() {
        List<MethodSummary> both = List.of(
                aSummary("tempo", 0).at(0, 1, 1).at(10, 2, 2).build(),
                aSummary("tempo", 0).world("other").at(0, 1, 1).at(20, 2, 2).build());

        assertThatThrownBy(() -> new AblationReport(both))
                .hasMessageContaining("other, quickstart; choose one by --world");
    }

    private String figure(String name) throws IOException {
        return Files.readString(directory.resolve("results").resolve(name + ".svg"));
    }

    @Test
    void thePosteriorGapOfAMeasurementIsTheMeanSinceTheOneBefore() {
        MethodSummary tempo = aSummary("tempo", 0)
                .gap(0, .5)
                .gap(1, .25)
                .gap(10, .75)
                .gap(11, 3)
                .at(0, 1, 1)
                .at(10, 2, 2)
                .at(20, 2, 2)
                .at(30, 2, 2)
                .build();

        assertThat(tempo.posteriorGap(0)).isEqualTo(.5);
        assertThat(tempo.posteriorGap(10)).isEqualTo(.5);
        assertThat(tempo.posteriorGap(20)).isEqualTo(3);
        assertThat(tempo.posteriorGap(30)).isNaN();
        assertThat(aSummary("ttrl", 0).at(0, 1).build().posteriorGap(0)).isNaN();
    }

    @Test
    void everyMethodHasAColourOfItsOwn() {
        assertThat(Method.ALL.stream().map(Method::colour)).doesNotHaveDuplicates();
        assertThat(Stream.of("tempo", "rehearsed", "ttrl", "frozen", "lora", "olmo3")
                        .map(Method::colour))
                .as("of the world in words")
                .doesNotHaveDuplicates();
        assertThat(FigureChart.LIGHT).hasSameSizeAs(FigureChart.DARK).hasSizeGreaterThanOrEqualTo(Method.ALL.size());
    }

    @Test
    void theLongestRunOfAMethodAndSeedCounts() {
        MethodSummary usual = aSummary("tempo", 0).at(0, 1, 1).at(10, 2, 2).build();
        MethodSummary longer =
                aSummary("tempo", 0).at(0, 1, 1).at(10, 2, 2).at(20, 4, 4).build();

        PaperClaim gain = new SuiteReport(List.of(longer, usual))
                .claims()
                .values()
                .iterator()
                .next()
                .get(0);

        assertThat(gain.evidence()).startsWith("seed 0: +0.750 ");
    }

    @Test
    void whatCannotBeReportedIsRefusedInWords() throws IOException {
        assertThatThrownBy(() -> new SuiteReport(List.of())).hasMessage("there is no summary to report on");
        assertThatThrownBy(() -> SuiteReport.read(List.of(directory.resolve("gone"))))
                .hasMessage("there is no directory " + directory.resolve("gone"));
        Path file = Files.writeString(directory.resolve("summary.json"), "{\"format\": 7}");
        assertThatThrownBy(() -> SuiteReport.read(List.of(directory)))
                .hasMessageStartingWith(file + " is no summary that ./tempo reproduce has written: ");
    }

    @Test
    void seedsAreSaidAsTheyAreTyped() {
        assertThat(SeedGroup.ranges(List.of(0L, 1L, 2L, 5L))).isEqualTo("0-2,5");
        assertThat(SeedGroup.seeds(List.of(3L))).isEqualTo("seed 3");
        assertThat(SeedGroup.seeds(List.of(7L, 3L, 4L))).isEqualTo("seeds 3-4, 7");
    }
}
