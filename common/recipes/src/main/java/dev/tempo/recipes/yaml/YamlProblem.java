package dev.tempo.recipes.yaml;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** The problem of a file that is not YAML, in words for a recipe's author rather than those of the YAML library. */
final class YamlProblem {
    /** Parts of the library's context and problem, the first that occurs decides, and what each means. */
    private static final Map<String, String> MEANINGS = new LinkedHashMap<>();

    static {
        MEANINGS.put("(TAB)", "a tab stands where only spaces may; indent with spaces");
        MEANINGS.put(
                "mapping values are not allowed",
                "a second ': ' in one line, or a field that is indented deeper than those beside it; put a text with ': '"
                        + " in quotes");
        MEANINGS.put(
                "sequence entries are not allowed",
                "a list's '- ' does not belong here; begin it on a line of its own");
        MEANINGS.put("mapping keys are not allowed", "'? ' does not belong here; put the text in quotes");
        MEANINGS.put("quoted scalar found unexpected end", "a quotation mark is opened here and never closed");
        MEANINGS.put("quoted scalar found unexpected document", "a quotation mark is opened here and never closed");
        MEANINGS.put(
                "unknown escape character",
                "in double quotes a backslash begins an escape like \\n; write \\\\ for a backslash, or use single quotes");
        MEANINGS.put("expected escape sequence", "\\x, \\u and \\U are followed by 2, 4 and 8 hexadecimal digits");
        MEANINGS.put("block scalar", "the text after | or > must stand on the next lines, indented");
        MEANINGS.put("expected ',' or ']'", "a list that begins with '[' lacks a ',' or its ']'");
        MEANINGS.put("expected ',' or '}'", "a section that begins with '{' lacks a ',' or its '}'");
        MEANINGS.put("could not find expected ':'", "a field's name must be followed by ': ' and its value");
        MEANINGS.put("undefined alias", "*name takes over what &name marks before it, but nothing is marked so");
        MEANINGS.put("scanning an alias", "'*' begins an alias (*name); put a text that begins with '*' in quotes");
        MEANINGS.put("scanning an anchor", "'&' begins an anchor (&name); put a text that begins with '&' in quotes");
        MEANINGS.put("another document", "a second document begins here (---); a recipe is one");
        MEANINGS.put("<document start>", "the recipe ends before this line, and yet something follows");
        MEANINGS.put("scanning a tag", "'!' begins a tag, which means nothing in a recipe; put the text in quotes");
        MEANINGS.put("tag handle", "'!' begins a tag, which means nothing in a recipe; put the text in quotes");
        MEANINGS.put("directive", "'%' begins a directive, which means nothing in a recipe; put the text in quotes");
        MEANINGS.put(
                "parsing a block",
                "this line is indented unlike those it belongs with, or a quotation mark or bracket before it is wrong");
        MEANINGS.put(
                "cannot start any token",
                "a value may not begin with this character (one of @ ` %); put the text in quotes");
        MEANINGS.put(
                "expected the node content",
                "a value is missing or begins with a character that YAML keeps for itself");
        MEANINGS.put("Nesting Depth", "sections and lists are nested too deep");
    }

    private YamlProblem() {}

    static RecipeException of(Path file, YAMLException malformed) {
        String said = String.valueOf(malformed.getMessage());
        Optional<Mark> mark = Optional.empty();
        if (malformed instanceof MarkedYAMLException marked) {
            said = marked.getContext() + " " + marked.getProblem();
            boolean atItsBeginning = said.contains("quoted scalar found unexpected") || said.contains("simple key");
            mark = Optional.ofNullable(atItsBeginning ? marked.getContextMark() : marked.getProblemMark());
        }
        String where = file + mark.map(at -> ":" + (at.getLine() + 1)).orElse("");
        for (Map.Entry<String, String> meaning : MEANINGS.entrySet()) {
            if (said.contains(meaning.getKey())) {
                return new RecipeException(where + ": not valid YAML: " + meaning.getValue());
            }
        }
        return new RecipeException(where + ": not valid YAML from here on; compare with docs/recipe-reference.md");
    }
}
