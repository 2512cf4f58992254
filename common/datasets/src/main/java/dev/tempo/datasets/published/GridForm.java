package dev.tempo.datasets.published;

import dev.tempo.datasets.file.Excerpt;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The form of ZebraLogic: a puzzle and its grid, whose header says which cells are to be filled in. */
final class GridForm implements RowForm {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String MASK = PublishedRow.MASK;

    @Override
    public boolean fits(PublishedRow row, FieldNames names) {
        return names.question() == null
                && row.field("puzzle").isPresent()
                && Choices.of(row).isEmpty();
    }

    @Override
    public String question(PublishedRow row, FieldNames names) {
        Map<String, Map<String, String>> houses = new LinkedHashMap<>();
        JsonNode grid = grid(row);
        for (JsonNode cells : grid.path("rows")) {
            Map<String, String> house = new LinkedHashMap<>();
            for (int column = 1; column < grid.path("header").size(); column++) {
                house.put(grid.path("header").path(column).asString(), MASK);
            }
            houses.put("House " + cells.path(0).asString(), house);
        }
        return row.text("puzzle", row.required("puzzle"))
                + "\n\nGive the solution as a JSON object with every " + MASK + " filled in:\n"
                + JSON.writeValueAsString(Map.of("solution", houses));
    }

    @Override
    public String answer(PublishedRow row, FieldNames names) {
        JsonNode grid = grid(row);
        for (JsonNode cells : grid.path("rows")) {
            for (JsonNode cell : cells) {
                if (cell.asString("").isBlank() || cell.asString("").contains(MASK)) {
                    throw row.refused("solution", PublishedRow.MASKED);
                }
            }
        }
        return JSON.writeValueAsString(grid);
    }

    private static JsonNode grid(PublishedRow row) {
        JsonNode grid = row.field("solution")
                .orElseThrow(() -> row.refused(
                        "solution",
                        "is missing: the grid {\"header\": […], \"rows\": […]} that says which cells the puzzle has; the row has "
                                + row.fields().propertyNames()));
        int columns = grid.path("header").size();
        boolean rectangle = columns > 1 && !grid.path("rows").isEmpty();
        for (JsonNode cells : grid.path("rows")) {
            rectangle &= cells.size() == columns;
        }
        if (!rectangle) {
            throw row.refused(
                    "solution",
                    "should be a grid {\"header\": [\"House\", …], \"rows\": [[\"1\", …], …]} but is "
                            + Excerpt.of(grid));
        }
        return grid;
    }
}
