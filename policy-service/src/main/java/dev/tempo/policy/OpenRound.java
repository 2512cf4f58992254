package dev.tempo.policy;

import dev.tempo.algorithm.rounds.BatchAssembler;
import dev.tempo.algorithm.rounds.BatchAssembler.Acceptance;
import dev.tempo.contract.Awaited;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.TrajectoryId;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.contract.recipe.QuestionSource;
import dev.tempo.contract.recipe.RecalibrationSettings;
import dev.tempo.contract.recipe.Stage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The valued trajectories of one round, until there is exactly one of every id. One thread owns it. */
final class OpenRound {
    private static final Logger LOG = LoggerFactory.getLogger(OpenRound.class);

    private final Map<Purpose, BatchAssembler<ValuedTrajectory>> assemblers = new EnumMap<>(Purpose.class);
    private final Map<Integer, Long> lowestOffsets = new TreeMap<>();
    private boolean drawn;

    OpenRound(Stage stage, int roundOfStage) {
        boolean labeled = stage.questionsFrom() != QuestionSource.UNLABELED;
        assemblers.put(
                labeled ? Purpose.LABELED : Purpose.UNLABELED,
                BatchAssembler.ofAny(stage.questions(), stage.samples()));
        RecalibrationSettings recalibration = stage.recalibrationIn(roundOfStage);
        if (recalibration != null && stage.policy().labeledRows()) {
            assemblers.put(Purpose.LABELED, BatchAssembler.ofAny(recalibration.questions(), recalibration.samples()));
        }
    }

    /** The unlabeled questions of the round are these, and no others. Rows of others are left out, those that are here too. */
    void draws(Supplier<Optional<Set<String>>> questions) {
        if (!drawn) {
            questions.get().ifPresent(ids -> {
                assemblers.computeIfPresent(Purpose.UNLABELED, (purpose, any) -> any.of(ids));
                drawn = true;
            });
        }
    }

    /** The fate of a row: the first record of an awaited id is new, the others change nothing. */
    Acceptance add(ValuedTrajectory row, int partition, long offset) {
        TrajectoryId id = row.trajectory().id();
        BatchAssembler<ValuedTrajectory> assembler = assemblers.get(id.request().purpose());
        if (assembler == null) {
            return Acceptance.UNEXPECTED;
        }
        Acceptance acceptance = assembler.add(id.request().question(), id.sample(), row);
        if (acceptance == Acceptance.NEW) {
            lowestOffsets.merge(partition, offset, Math::min);
        }
        return acceptance;
    }

    /** Whether it is known which rows the round awaits, and all of them are here. */
    boolean isClosed() {
        return (drawn || !assemblers.containsKey(Purpose.UNLABELED))
                && assemblers.values().stream().allMatch(BatchAssembler::isClosed);
    }

    /** The rows received, sorted by id: labeled before unlabeled, then by question and sample. */
    List<ValuedTrajectory> rows() {
        List<ValuedTrajectory> rows = new ArrayList<>();
        assemblers.values().forEach(assembler -> rows.addAll(assembler.batch()));
        return rows;
    }

    /** Tells of rows of questions that nobody drew, once the round is closed. */
    void tellLeftOut(String run, int round) {
        List<String> questions = assemblers.values().stream()
                .flatMap(assembler -> assembler.incompleteQuestions().stream())
                .toList();
        if (!questions.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("run", run)
                    .addKeyValue("round", round)
                    .addKeyValue("questions", questions)
                    .log("rows of questions that were not drawn are left out");
        }
    }

    /** The numbers of rows still awaited, by purpose. */
    Map<Purpose, Integer> missing() {
        Map<Purpose, Integer> missing = new EnumMap<>(Purpose.class);
        assemblers.forEach((purpose, assembler) -> {
            if (!assembler.isClosed()) {
                missing.put(purpose, assembler.missing());
            }
        });
        return missing;
    }

    /** The rows still awaited, in words. */
    String awaited() {
        return missing().entrySet().stream()
                        .map(purpose ->
                                purpose.getValue() + " " + purpose.getKey().word())
                        .collect(Collectors.joining(" and "))
                + " rows of valued-trajectories";
    }

    /** The ids of the first rows still awaited, of questions of which some row is here. */
    List<String> missingIds() {
        return assemblers.values().stream()
                .flatMap(assembler -> assembler.firstMissing(Awaited.NAMED).stream())
                .toList();
    }

    /** Per partition the offset of the first row that belongs to this round. */
    Map<Integer, Long> lowestOffsets() {
        return Map.copyOf(lowestOffsets);
    }
}
