package dev.tempo.standalone.quickstart;

import dev.tempo.model.files.DurableFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The data sets of a world, written as the ordinary JSONL files that a recipe names. */
final class WorldFiles {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path directory;
    private final Language language;

    WorldFiles(Path directory, Language language) {
        this.directory = directory;
        this.language = language;
    }

    void write(World world, List<Trace> rehearsal) {
        List<Map<String, Object>> labeled = new ArrayList<>();
        labeled.addAll(labeledRows("train", world.labeledTraining()));
        labeled.addAll(labeledRows("calibration", world.labeledCalibration()));
        write("labeled.jsonl", labeled);
        write("unlabeled.jsonl", rows("unlabeled", world.unlabeled(), false));
        write("unlabeled-answers.jsonl", rows("unlabeled", world.unlabeled(), true));
        write("holdout.jsonl", rows("holdout", world.holdout(), true));
        write("rehearsal.jsonl", rehearsal.stream().map(WorldFiles::row).toList());
    }

    private List<Map<String, Object>> labeledRows(String split, List<ChainQuestion> questions) {
        List<Map<String, Object>> rows = rows(split, questions, true);
        rows.forEach(row -> row.put("split", split));
        return rows;
    }

    List<Map<String, Object>> rows(String prefix, List<ChainQuestion> questions, boolean answers) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (ChainQuestion question : questions) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("id", prefix + "-" + rows.size());
            row.put("question", language.question(question));
            if (answers) {
                row.put("answer", language.answer(question));
            }
            String domain = language.domain(question);
            if (domain != null) {
                row.put("domain", domain);
            }
            rows.add(row);
        }
        return rows;
    }

    private static Map<String, Object> row(Trace trace) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("question", trace.question());
        row.put("response", trace.response());
        row.put("environment", trace.calculated());
        return row;
    }

    void write(String name, List<Map<String, Object>> rows) {
        StringBuilder lines = new StringBuilder();
        rows.forEach(row -> lines.append(JSON.writeValueAsString(row)).append('\n'));
        DurableFile.write(directory.resolve(name), lines.toString().getBytes(StandardCharsets.UTF_8));
    }
}
