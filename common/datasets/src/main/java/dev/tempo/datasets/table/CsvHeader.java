package dev.tempo.datasets.table;

import dev.tempo.datasets.DataFileException;
import dev.tempo.datasets.file.FileContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The first record of a table of text (RFC 4180): the names of its columns.
 *
 * @param separator comma, semicolon or tab, of which the first record has most
 */
record CsvHeader(char separator, List<String> names) {
    private static final int LONGEST = 1 << 16;
    private static final String SEPARATORS = ",;\t";

    static CsvHeader of(FileContent content) {
        String start;
        try (InputStream bytes = content.open()) {
            start = new String(bytes.readNBytes(LONGEST), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw content.unreadable(unreadable);
        }
        String text = start.startsWith("\uFEFF") ? start.substring(1) : start;
        String file = String.valueOf(content.file().getFileName()).toLowerCase(Locale.ROOT);
        char separator = file.endsWith(".tsv") || file.endsWith(".tsv.gz") ? '\t' : separator(text);
        List<String> names = names(text, separator);
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (name.isBlank()) {
                throw new DataFileException(
                        content.file(), "line", 1, "should name all columns but has an empty name: " + names);
            }
            if (!seen.add(name)) {
                throw new DataFileException(
                        content.file(), "line", 1, "names column '" + name + "' twice; rename or remove one");
            }
        }
        return new CsvHeader(separator, names);
    }

    private static char separator(String text) {
        char most = ',';
        int count = 0;
        for (char candidate : SEPARATORS.toCharArray()) {
            int names = names(text, candidate).size();
            if (names > count) {
                most = candidate;
                count = names;
            }
        }
        return most;
    }

    private static List<String> names(String text, char separator) {
        List<String> names = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next == '"') {
                if (quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    name.append(next);
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (!quoted && (next == '\n' || next == '\r')) {
                break;
            } else if (!quoted && next == separator) {
                names.add(name.toString());
                name.setLength(0);
            } else {
                name.append(next);
            }
        }
        names.add(name.toString());
        return names;
    }
}
