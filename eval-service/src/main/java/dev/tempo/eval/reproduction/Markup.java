package dev.tempo.eval.reproduction;

import java.util.List;

/** A report's parts as an HTML page that needs nothing else, or as Markdown with its figures in files. */
final class Markup {
    private static final String STYLE = """
            :root{color-scheme:light dark;%s--soft:#f6f7f9;--good:#17693a;--goodbg:#def3e4;--bad:#9b2414;--badbg:#fde6e1;--no:#566072;--nobg:#eceef2}
            @media(prefers-color-scheme:dark){:root{%s--soft:#1a2029;--good:#8fe0aa;--goodbg:#153524;--bad:#ffb1a3;--badbg:#43201a;--no:#aab3c2;--nobg:#262d38}}
            *{box-sizing:border-box}
            body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",sans-serif}
            main{max-width:1180px;margin:0 auto;padding:40px 28px 80px}
            h1{font-size:31px;line-height:1.2;letter-spacing:-.015em;margin:0 0 14px}
            *+h1{margin-top:84px;padding-top:30px;border-top:1.5px solid var(--grid)}
            h2{font-size:22px;letter-spacing:-.01em;margin:52px 0 10px}
            h3{font-size:16.5px;margin:28px 0 8px}
            p{max-width:80ch;margin:0 0 12px}
            code{font:.9em ui-monospace,SFMono-Regular,Menlo,monospace;background:var(--soft);padding:.12em .35em;border-radius:4px;overflow-wrap:anywhere}
            .wide{overflow-x:auto;margin:14px 0 6px}
            table{border-collapse:collapse;width:100%%;font-size:14.5px;font-variant-numeric:tabular-nums}
            th{font-weight:600;color:var(--faint);font-size:13px;text-align:left;vertical-align:bottom;padding:6px 12px 7px 0;border-bottom:1.5px solid var(--grid)}
            td{vertical-align:top;padding:9px 12px 9px 0;border-bottom:1px solid var(--grid)}
            td:first-child{min-width:170px}
            td small{display:block;color:var(--faint);font-size:12.5px;line-height:1.4}
            .strong{font-weight:700}.strong small{font-weight:400}
            .pill{display:inline-block;white-space:nowrap;border-radius:99px;padding:1px 11px;font-size:13px;font-weight:600}
            .good .pill{background:var(--goodbg);color:var(--good)}.bad .pill{background:var(--badbg);color:var(--bad)}.absent .pill{background:var(--nobg);color:var(--no)}
            @media(min-width:800px){p code{white-space:nowrap}}
            .note{color:var(--faint);font-size:13.5px;max-width:95ch}
            .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%%,520px),1fr));gap:22px;margin:18px 0}
            figure{margin:0;padding:14px 14px 12px;border:1px solid var(--grid);border-radius:12px}
            figure svg{width:100%%;height:auto;display:block}
            figcaption{color:var(--faint);font-size:13.5px;line-height:1.45;margin-top:6px}
            details{margin:14px 0;border:1px solid var(--grid);border-radius:10px;padding:10px 16px}
            summary{cursor:pointer;font-weight:600}
            details li{font-size:13.5px;margin:6px 0;font-variant-numeric:tabular-nums}
            """;

    private Markup() {}

    static String html(String title, List<Part> parts) {
        StringBuilder page = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(escaped(title))
                .append("</title>\n<style>\n")
                .append(STYLE.formatted(
                        FigureChart.style(FigureChart.LIGHT, "#1f2430", "#667085", "#e3e6eb", "#ffffff"),
                        FigureChart.style(FigureChart.DARK, "#e6e9ef", "#98a2b3", "#2c3440", "#12161c")))
                .append("</style></head>\n<body><main>\n");
        parts.forEach(part -> page.append(html(part)));
        return page.append("</main></body></html>\n").toString();
    }

    private static String html(Part part) {
        if (part instanceof Part.Title title) {
            return "<h" + title.level() + ">" + inline(title.text()) + "</h" + title.level() + ">\n";
        }
        if (part instanceof Part.Paragraph paragraph) {
            return "<p>" + inline(paragraph.text()) + "</p>\n";
        }
        if (part instanceof Part.Figures figures) {
            StringBuilder text = new StringBuilder("<div class=\"figures\">\n");
            figures.figures()
                    .forEach(figure -> text.append("<figure>\n")
                            .append(figure.chart().inPage())
                            .append("<figcaption>")
                            .append(inline(figure.caption()))
                            .append("</figcaption></figure>\n"));
            return figures.figures().isEmpty() ? "" : text.append("</div>\n").toString();
        }
        if (part instanceof Part.Details details) {
            StringBuilder text = new StringBuilder("<details><summary>" + inline(details.title()) + "</summary><ul>\n");
            details.lines()
                    .forEach(line -> text.append("<li>").append(inline(line)).append("</li>\n"));
            return text.append("</ul></details>\n").toString();
        }
        Part.Table table = (Part.Table) part;
        StringBuilder text = new StringBuilder("<div class=\"wide\"><table><thead><tr>");
        table.titles()
                .forEach(title -> text.append("<th>").append(inline(title)).append("</th>"));
        text.append("</tr></thead><tbody>\n");
        for (List<Part.Cell> row : table.rows()) {
            text.append("<tr>");
            row.forEach(cell -> text.append(html(cell)));
            text.append("</tr>\n");
        }
        text.append("</tbody></table></div>\n");
        return table.note().isEmpty()
                ? text.toString()
                : text.append("<p class=\"note\">")
                        .append(inline(table.note()))
                        .append("</p>\n")
                        .toString();
    }

    private static String html(Part.Cell cell) {
        String small = cell.small().isEmpty() ? "" : "<small>" + inline(cell.small()) + "</small>";
        return switch (cell.kind()) {
            case PLAIN -> "<td>" + inline(cell.text()) + small + "</td>";
            case STRONG -> "<td class=\"strong\">" + inline(cell.text()) + small + "</td>";
            case GOOD -> pill("good", cell, small);
            case BAD -> pill("bad", cell, small);
            case ABSENT -> pill("absent", cell, small);
        };
    }

    private static String pill(String kind, Part.Cell cell, String small) {
        return "<td class=\"" + kind + "\"><span class=\"pill\">" + inline(cell.text()) + "</span>" + small + "</td>";
    }

    /** @param directory of the figures' files, from where the Markdown is */
    static String markdown(List<Part> parts, String directory) {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(markdown(part, directory)).append('\n'));
        return text.toString();
    }

    private static String markdown(Part part, String directory) {
        if (part instanceof Part.Title title) {
            return "#".repeat(title.level()) + " " + title.text() + "\n";
        }
        if (part instanceof Part.Paragraph paragraph) {
            return paragraph.text() + "\n";
        }
        StringBuilder text = new StringBuilder();
        if (part instanceof Part.Figures figures) {
            figures.figures()
                    .forEach(figure -> text.append("![")
                            .append(figure.chart().title())
                            .append("](")
                            .append(directory)
                            .append('/')
                            .append(figure.file())
                            .append(".svg)\n\n")
                            .append(figure.caption())
                            .append("\n\n"));
            return text.toString();
        }
        if (part instanceof Part.Details details) {
            text.append(details.title()).append(":\n\n");
            details.lines().forEach(line -> text.append("* ").append(line).append('\n'));
            return text.toString();
        }
        Part.Table table = (Part.Table) part;
        text.append("| ").append(String.join(" | ", table.titles())).append(" |\n|");
        text.append("---|".repeat(table.titles().size())).append('\n');
        for (List<Part.Cell> row : table.rows()) {
            text.append('|');
            row.forEach(cell -> text.append(' ').append(markdown(cell)).append(" |"));
            text.append('\n');
        }
        return table.note().isEmpty()
                ? text.toString()
                : text.append('\n').append(table.note()).append('\n').toString();
    }

    private static String markdown(Part.Cell cell) {
        String strong = cell.kind() == Part.Kind.STRONG || cell.kind() == Part.Kind.BAD ? "**" : "";
        String below = cell.small().isEmpty() || cell.text().isEmpty() ? cell.small() : "<br>" + cell.small();
        return strong + cell.text() + strong + below;
    }

    /** Text in which words between backquotes are code. */
    private static String inline(String text) {
        return escaped(text).replaceAll("`([^`]*)`", "<code>$1</code>");
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
