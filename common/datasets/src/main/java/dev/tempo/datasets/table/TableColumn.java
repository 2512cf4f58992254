package dev.tempo.datasets.table;

import java.util.Set;

/**
 * A column of a table.
 *
 * @param type in DuckDB's words
 */
public record TableColumn(String name, String type) {
    private static final Set<String> NUMBERS_AND_TRUTH = Set.of(
            "BOOLEAN",
            "TINYINT",
            "SMALLINT",
            "INTEGER",
            "BIGINT",
            "HUGEINT",
            "UTINYINT",
            "USMALLINT",
            "UINTEGER",
            "UBIGINT",
            "UHUGEINT",
            "FLOAT",
            "DOUBLE");

    boolean isText() {
        return type.equals("VARCHAR");
    }

    /** Whether its values are bytes, of which nobody says which text they are. */
    boolean isBytes() {
        return type.equals("BLOB");
    }

    /** Whether its values have the same form in JSON. */
    boolean isJson() {
        return NUMBERS_AND_TRUTH.contains(type) || type.equals("JSON") || type.contains("[") || isNested();
    }

    private boolean isNested() {
        return type.startsWith("STRUCT(") || type.startsWith("MAP(") || type.startsWith("UNION(");
    }

    @Override
    public String toString() {
        return name + " " + type;
    }
}
