package dev.tempo.datasets.file;

/** The format in which a data file holds its rows. */
public enum DataFormat {
    /** Apache Parquet, with its own compression. */
    PARQUET("Parquet"),
    /** Text with a line of column names and separators: commas, semicolons or tabs. */
    CSV("CSV"),
    /** JSON in whatever layout: a list of objects, objects one after the other, an object with a list of rows. */
    JSON("JSON"),
    /** One JSON object a line. */
    JSON_LINES("JSON lines");

    private final String words;

    DataFormat(String words) {
        this.words = words;
    }

    /** The format's name for people. */
    @Override
    public String toString() {
        return words;
    }
}
