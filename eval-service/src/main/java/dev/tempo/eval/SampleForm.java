package dev.tempo.eval;

import dev.tempo.kept.Form;
import dev.tempo.plugin.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judged samples on disk. */
final class SampleForm implements Form<JudgedSample> {
    private static final String THERE = "=";

    @Override
    public List<String> fields(JudgedSample sample) {
        return List.of(
                sample.outcome().name(),
                written(sample.answer()),
                sample.claimsCorrect() == null ? "" : Boolean.toString(sample.claimsCorrect()),
                written(sample.failure()),
                Integer.toString(sample.tokens()),
                Boolean.toString(sample.truncated()),
                Boolean.toString(sample.inFormat()));
    }

    @Override
    public JudgedSample value(List<String> fields) {
        return new JudgedSample(
                Outcome.valueOf(fields.get(0)),
                read(fields.get(1)),
                fields.get(2).isEmpty() ? null : Boolean.valueOf(fields.get(2)),
                read(fields.get(3)),
                Integer.parseInt(fields.get(4)),
                Boolean.parseBoolean(fields.get(5)),
                Boolean.parseBoolean(fields.get(6)));
    }

    /** A text with a sign before it: no text is nothing, which a text without characters is not. */
    private static String written(@Nullable String text) {
        return text == null ? "" : THERE + text;
    }

    private static @Nullable String read(String written) {
        return written.isEmpty() ? null : written.substring(THERE.length());
    }
}
