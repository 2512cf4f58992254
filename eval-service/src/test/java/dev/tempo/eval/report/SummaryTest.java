package dev.tempo.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.runs.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SummaryTest {
    @TempDir
    Path directory;

    @BeforeEach
    void write() {
        RunJournal journal = new RunJournal("r", Measured.QUICKSTART);
        journal.add(Measured.report("r", 0, .1, "earlier"));
        journal.add(Measured.report("r", 90, .5, null));
        journal.add(Measured.report("r", 130, .6, null));
        new ReportWriter(journal, Map.of(90, 77.5), Measured.BY).write(new RunDirectory(directory));
    }

    @Test
    void theFileHasTheFieldsThatReadersRelyOn() throws IOException {
        JsonNode summary = JsonMapper.builder().build().readTree(Files.readString(directory.resolve("summary.json")));

        assertThat(summary.propertyNames()).containsExactlyInAnyOrder("run", "recipe", "seed", "by", "stages");
        assertThat(summary.get("run").asString()).isEqualTo("r");
        assertThat(summary.get("recipe").asString()).isEqualTo("quickstart");
        assertThat(summary.get("seed").isIntegralNumber()).isTrue();
        JsonNode last = summary.get("stages").get(2);
        assertThat(last.propertyNames())
                .containsExactlyInAnyOrder(
                        "name",
                        "stage",
                        "round",
                        "version",
                        "unlabeled",
                        "holdout",
                        "critic",
                        "wallSeconds",
                        "cpuSeconds");
        assertThat(last.get("name").asString()).isEqualTo("test-time round 100 of 100");
        assertThat(last.get("stage").asString()).isEqualTo("test-time");
        assertThat(last.get("round").asInt()).isEqualTo(100);
        assertThat(last.get("version").asInt()).isEqualTo(130);
        assertThat(last.get("unlabeled").get("avg16").asDouble()).isEqualTo(.6);
        assertThat(last.get("unlabeled").get("pass8").asDouble()).isEqualTo(.6 + .1);
        assertThat(last.get("unlabeled").get("pass16").asDouble()).isEqualTo(.6 + .2);
        assertThat(last.get("unlabeled").get("maj16").asDouble()).isEqualTo(.6 + .05);
        assertThat(last.get("holdout").get("avg16").asDouble()).isEqualTo(.3);
        assertThat(last.get("critic").propertyNames()).containsExactlyInAnyOrder("auc", "brier");
        assertThat(last.get("wallSeconds").asDouble()).isEqualTo(1300);
    }

    @Test
    void onlyAStageFromTheCacheSaysWhereItCameFrom() throws IOException {
        JsonNode stages = JsonMapper.builder()
                .build()
                .readTree(Files.readString(directory.resolve("summary.json")))
                .get("stages");

        assertThat(stages.get(0).get("from").asString()).isEqualTo("earlier");
        assertThat(stages.get(1).has("from")).isFalse();
    }

    @Test
    void theWholeSystemsCpuTimeReplacesThePolicysWhereItIsKnown() {
        Summary summary = ReportWriter.read(directory);

        assertThat(summary.stages())
                .extracting(Summary.StageSummary::cpuSeconds)
                .containsExactly(0.0, 77.5, 130.0);
    }

    @Test
    void whatWasWrittenIsReadBack() {
        Summary summary = ReportWriter.read(directory);

        assertThat(summary.run()).isEqualTo("r");
        assertThat(summary.stages())
                .extracting(Summary.StageSummary::name)
                .containsExactly("base", "test-time round 60 of 100", "test-time round 100 of 100");
        Summary.StageSummary last = summary.stages().get(2);
        assertThat(last.sets()).containsOnlyKeys("unlabeled", "holdout");
        assertThat(last.sets().get("unlabeled")).containsEntry("avg16", .6).containsKeys("intervals", "malformed");
        assertThat(last.critic()).isEqualTo(new Summary.CriticQuality(.75, .2));
        assertThat(last.from()).isNull();
    }

    @Test
    void theReportShowsEveryTableAndItsPicturesExist() throws IOException {
        String report = Files.readString(directory.resolve("report.md"));

        assertThat(report)
                .contains("## unlabeled", "## holdout", "0.600 [0.59, 0.61]", "`earlier`")
                .contains(
                        "| base (v0) |",
                        "| test-time round 60 of 100 (v90) |",
                        "| test-time round 100 of 100 (v130) |");
        for (String picture : new String[] {"unlabeled.svg", "holdout.svg", "critic.svg"}) {
            assertThat(report).contains("(" + picture + ")");
            assertThat(directory.resolve(picture)).isNotEmptyFile();
        }
    }

    @Test
    void anUnfinishedRunHasNoSummaryAndSaysSo() {
        assertThatThrownBy(() -> ReportWriter.read(directory.resolve("nowhere")))
                .hasMessageContaining("nowhere")
                .hasMessageContaining("only a finished run has one");
    }
}
