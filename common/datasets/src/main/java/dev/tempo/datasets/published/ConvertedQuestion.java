package dev.tempo.datasets.published;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/** A line of a recipe's data file. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"id", "question", "answer", "domain"})
public record ConvertedQuestion(
        String id,
        String question,
        @Nullable String answer,
        @Nullable String domain) {}
