package dev.tempo.datasets.published;

import dev.tempo.datasets.file.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The options of a row as its publishers wrote them: a list of texts (AGIEval, MMLU), texts and labels side by side or
 * in pairs (ARC, CommonsenseQA, OpenBookQA), an object of labels (MedQA), or columns A, B, C … (C-Eval, CMMLU).
 *
 * @param field name of the field that holds them, for people
 * @param written as written, with whatever labels are part of the texts
 * @param labels the row's own names of the options, such as {@code 1} to {@code 4}; empty where it has none
 */
record Choices(String field, List<String> written, List<String> labels) {
    private static final List<String> FIELDS = List.of("options", "choices");
    private static final String QUESTION = "question";

    static Optional<Choices> of(PublishedRow row) {
        for (String field : FIELDS) {
            Optional<JsonNode> options = row.field(field);
            if (options.isPresent()) {
                return Optional.of(read(row, field, options.get()));
            }
        }
        Optional<JsonNode> nested = row.field(QUESTION).map(question -> question.path("choices"));
        if (nested.isPresent() && !nested.get().isMissingNode()) {
            return Optional.of(read(row, QUESTION + ".choices", nested.get()));
        }
        return columns(row);
    }

    Options options(PublishedRow row) {
        try {
            return labels.isEmpty() ? Options.labelled(written) : new Options(written);
        } catch (IllegalArgumentException unusable) {
            throw row.refused(field, String.valueOf(unusable.getMessage()));
        }
    }

    private static Choices read(PublishedRow row, String field, JsonNode options) {
        if (options.isArray() && options.path(0).isObject()) {
            List<String> texts = new ArrayList<>();
            List<String> labels = new ArrayList<>();
            for (JsonNode option : options) {
                texts.add(row.text(field + ".text", option.path("text")));
                labels.add(row.text(field + ".label", option.path("label")));
            }
            return new Choices(field, texts, labels);
        }
        if (options.isArray()) {
            return new Choices(field, texts(row, field, options), List.of());
        }
        if (options.path("text").isArray() && options.path("label").isArray()) {
            Choices choices = new Choices(
                    field,
                    texts(row, field + ".text", options.path("text")),
                    texts(row, field + ".label", options.path("label")));
            if (choices.written.size() != choices.labels.size()) {
                throw row.refused(
                        field, "has " + choices.written.size() + " texts but " + choices.labels.size() + " labels");
            }
            return choices;
        }
        if (options.isObject() && options.propertyNames().stream().allMatch(name -> name.matches("[A-Z]"))) {
            List<String> texts = new ArrayList<>();
            options.forEachEntry((label, option) -> texts.add(row.text(field + "." + label, option)));
            return new Choices(field, texts, List.copyOf(options.propertyNames()));
        }
        throw row.refused(
                field,
                "should be options as a list of texts, as {\"text\": […], \"label\": […]} or as {\"A\": …, \"B\": …} but is "
                        + Excerpt.of(options));
    }

    /** Columns named A, B, C … one option each, as exams are published. */
    private static Optional<Choices> columns(PublishedRow row) {
        List<String> texts = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (char label = 'A'; label <= 'J'; label++) {
            JsonNode option = row.fields().path(String.valueOf(label));
            if (!option.isValueNode() || option.isNull() || option.asString("").isBlank()) {
                break;
            }
            labels.add(String.valueOf(label));
            texts.add(row.text(String.valueOf(label), option));
        }
        return texts.size() < 2 ? Optional.empty() : Optional.of(new Choices("A", texts, labels));
    }

    private static List<String> texts(PublishedRow row, String field, JsonNode options) {
        List<String> texts = new ArrayList<>();
        options.forEach(option -> texts.add(row.text(field, option)));
        return texts;
    }

    /**
     * The letters of the right options: of a place from 0, a label of the row, an option's text, or letters; or of a list
     * of them.
     */
    String letters(PublishedRow row, String answerField, JsonNode answer, Options options) {
        try {
            if (answer.isArray()) {
                StringBuilder letters = new StringBuilder();
                for (JsonNode one : answer) {
                    letters.append(one.isIntegralNumber() ? options.letterAt(one.intValue()) : one.asString(""))
                            .append(' ');
                }
                return options.letters(letters.toString());
            }
            if (answer.isIntegralNumber() && !labels.contains(answer.asString())) {
                return options.letterAt(answer.intValue());
            }
            return letters(row, answerField, row.text(answerField, answer), options);
        } catch (IllegalArgumentException noLetters) {
            throw row.refused(answerField, String.valueOf(noLetters.getMessage()));
        }
    }

    private String letters(PublishedRow row, String answerField, String answer, Options options) {
        if (answer.contains(PublishedRow.MASK)) {
            throw row.refused(answerField, PublishedRow.MASKED);
        }
        int label = labels.isEmpty() ? place(answer, options) : labels.indexOf(answer.toUpperCase(Locale.ROOT));
        int text = options.texts().indexOf(answer);
        if (label >= 0 && text >= 0 && label != text) {
            throw row.refused(
                    answerField,
                    "is '" + answer + "', the letter of option (" + Options.letter(label) + ") and the text of option ("
                            + Options.letter(text) + "); correct the row");
        }
        if (label >= 0 || text >= 0) {
            return options.letterAt(Math.max(label, text));
        }
        return options.letters(answer);
    }

    /** The place of the option that a single letter names; -1 for anything else. */
    private static int place(String letter, Options options) {
        int place = letter.length() == 1 ? Character.toUpperCase(letter.charAt(0)) - 'A' : -1;
        return place >= 0 && place < options.texts().size() ? place : -1;
    }
}
