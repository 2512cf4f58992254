package dev.tempo.eval.reproduction;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A report as a page and as Markdown.
 *
 * @param name of its files, and of the directory beside them that has its figures
 * @param parts without the title
 */
record ReportPage(String title, String name, List<Part> parts) {
    ReportPage {
        parts = List.copyOf(parts);
    }

    /** @return the page and the Markdown */
    List<Path> write(Path out) {
        List<Part> all = new ArrayList<>(List.of(new Part.Title(1, title)));
        all.addAll(parts);
        Path page = out.resolve(name + ".html");
        Path text = out.resolve(name + ".md");
        Path directory = out.resolve(name);
        try {
            Files.createDirectories(directory);
            for (Part part : all) {
                if (part instanceof Part.Figures figures) {
                    for (Part.Figure figure : figures.figures()) {
                        Files.writeString(
                                directory.resolve(figure.file() + ".svg"),
                                figure.chart().alone());
                    }
                }
            }
            Files.writeString(page, Markup.html(title, all));
            Files.writeString(text, Markup.markdown(all, name));
        } catch (IOException unwritable) {
            throw new UncheckedIOException("the report cannot be written to " + out, unwritable);
        }
        return List.of(page, text);
    }
}
