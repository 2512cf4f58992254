package dev.tempo.judge;

import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.Run;
import dev.tempo.messaging.Wire;
import dev.tempo.runs.HashedLines;
import dev.tempo.runs.RunDirectory;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The votes of a run that later rounds look back at, kept beside it: a broker that has lost its log has none of them, and they cannot
 * be counted again, for the samples are gone as well. They are on the disk before anybody hears of them.
 */
public final class KeptVotes {
    private final Path directory;
    private final HashedLines lines;

    KeptVotes(Run run) {
        directory = Path.of(run.directory());
        lines = RunDirectory.of(run).votes();
    }

    /**
     * The vote on a question in a round. Failed and undecided samples are left out.
     *
     * @param answers by sample
     * @param without the samples that gave no answer
     */
    public record KeptVote(String question, Map<Integer, String> answers, List<Integer> without) {
        public KeptVote {
            answers = new TreeMap<>(answers);
            without = List.copyOf(without);
        }

        static KeptVote of(String question, Collection<JudgedTrajectory> samples) {
            Map<Integer, String> answers = new TreeMap<>();
            List<Integer> without = new ArrayList<>();
            for (JudgedTrajectory judged : samples) {
                String answer = judged.verdict().answer();
                int sample = judged.trajectory().id().sample();
                if (VoteHistory.isAnswer(judged) && answer != null) {
                    answers.put(sample, answer);
                } else if (VoteHistory.isAnswer(judged)) {
                    without.add(sample);
                }
            }
            return new KeptVote(question, answers, without);
        }
    }

    Path file() {
        return lines.file();
    }

    /**
     * Keeps the votes on a question each, where this service sees the run's directory.
     *
     * @throws UncheckedIOException naming the file if they cannot be written
     */
    void add(Map<RequestId, ? extends Collection<JudgedTrajectory>> judged) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        List<HashedLines.Line> added = new ArrayList<>();
        judged.forEach((request, samples) -> added.add(new HashedLines.Line(
                request.round(),
                new String(Wire.write(KeptVote.of(request.question(), samples)), StandardCharsets.UTF_8))));
        lines.add(added);
    }

    /**
     * Tells every vote with its round.
     *
     * @throws UncheckedIOException naming the file if it cannot be read
     */
    void tell(BiConsumer<Integer, KeptVote> each) {
        for (HashedLines.Line line : lines.all()) {
            each.accept(line.number(), Wire.read(KeptVote.class, line.message().getBytes(StandardCharsets.UTF_8)));
        }
    }
}
