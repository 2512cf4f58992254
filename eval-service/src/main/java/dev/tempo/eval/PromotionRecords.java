package dev.tempo.eval;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Promotion;
import dev.tempo.contract.PromotionOutcome;
import dev.tempo.contract.PromotionWish;
import dev.tempo.contract.Run;
import dev.tempo.messaging.Wire;
import dev.tempo.runs.PromotionFiles;
import dev.tempo.runs.RunDirectory;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The records of one run's promotions. One that is made here is in the run's directory, by the token of who made it, before anybody hears of
 * it; so are copies of the versions that are promoted or tried. One thread owns it.
 */
final class PromotionRecords {
    private final TreeMap<Integer, Promotion> records = new TreeMap<>();
    /** Numbers of records that were made here and that the broker has not told yet. */
    private final Set<Integer> unheard = new HashSet<>();

    private @Nullable PromotionFiles files;

    /** The broker tells a record. */
    void on(Promotion promotion) {
        unheard.remove(promotion.number());
        note(promotion);
    }

    private void note(Promotion promotion) {
        records.merge(promotion.number(), promotion, Promotion::ofLaterOwner);
    }

    boolean isEmpty() {
        return records.isEmpty();
    }

    /** The promoted version's record; empty before the first. */
    Optional<Promotion> promoted() {
        return promotedAny(record -> true);
    }

    /** The record of what was promoted last, of all versions but one, which is to be held against it. */
    Optional<Promotion> promotedBesides(int version) {
        return promotedAny(record -> record.version() != version);
    }

    private Optional<Promotion> promotedAny(Predicate<Promotion> of) {
        return records.descendingMap().values().stream()
                .filter(record -> record.outcome() == PromotionOutcome.PROMOTED && of.test(record))
                .findFirst();
    }

    /** The newest version that was tried; the first one where none was. */
    int newestTried(Run run) {
        return records.values().stream()
                .filter(record -> record.wish() == null)
                .mapToInt(Promotion::version)
                .max()
                .orElse(run.firstVersion());
    }

    boolean isAnswered(PromotionWish wish) {
        return records.values().stream().anyMatch(record -> wish.id().equals(record.wish()));
    }

    /**
     * Takes the run's promotions over, if that is not done yet.
     *
     * @return the records that the run's directory has and the broker, as far as is known, has not: they count from now on and are to be
     *     published again
     */
    List<Promotion> takeOver(Run run, int generation) {
        List<Promotion> lost = new ArrayList<>();
        if (files == null) {
            PromotionFiles own = RunDirectory.of(run).promotions().takeOver(generation);
            files = own;
            own.announced().forEach((number, message) -> {
                if (!records.containsKey(number) || unheard.contains(number)) {
                    lost.add(Wire.read(Promotion.class, message));
                }
            });
            lost.forEach(this::note);
        }
        return lost;
    }

    /** The end of making records here. */
    void abandon() {
        files = null;
    }

    private PromotionFiles own() {
        return Objects.requireNonNull(files, "the promotions are to be taken over first");
    }

    /** A version's files, as they were promoted or as they were published. */
    Optional<ModelReference> model(int version, @Nullable PolicyVersion published) {
        return promotedAny(record -> record.version() == version)
                .map(Promotion::model)
                .or(() -> Optional.ofNullable(published).map(PolicyVersion::model));
    }

    /**
     * A whole copy of a version; the version that the run begins with is where it stays.
     *
     * @throws UncheckedIOException if its files are gone or damaged
     */
    ModelReference copy(Run run, int version, ModelReference model) {
        return version == run.firstVersion() ? model : own().keep(version, model);
    }

    /**
     * Makes a record. A version that is to be promoted is kept; where its files are gone the record says so instead, and where training goes
     * by it none is made.
     *
     * @param against the promoted version that it was compared with; null where it was compared with none
     * @param evidence null where nothing was compared
     * @param asked how many questions were compared
     * @throws dev.tempo.contract.FencedException if another instance has taken the run's promotions over
     * @throws UncheckedIOException if training waits for the record and the version's files are gone or damaged
     */
    Promotion make(
            Run run,
            int version,
            PromotionOutcome wanted,
            @Nullable Integer against,
            ModelReference model,
            @Nullable String wish,
            @Nullable PromotionDecision evidence,
            int asked,
            String reason) {
        PromotionOutcome outcome = wanted;
        ModelReference kept = model;
        String words = reason;
        if (wanted == PromotionOutcome.PROMOTED) {
            try {
                kept = copy(run, version, model);
            } catch (UncheckedIOException gone) {
                if (wish == null && run.recipe().goesBack()) {
                    throw gone;
                }
                outcome = PromotionOutcome.UNDECIDED;
                words = words(gone);
            }
        }
        Promotion record = new Promotion(
                run.run(),
                records.isEmpty() ? 0 : records.lastKey() + 1,
                version,
                outcome,
                against,
                kept,
                asked,
                evidence == null ? 0 : evidence.undecided(),
                evidence == null ? List.of() : evidence.comparisons(),
                evidence == null ? List.of() : evidence.shadowed(),
                wish,
                words,
                own().token());
        own().announce(record.number(), Wire.write(record));
        unheard.add(record.number());
        note(record);
        return record;
    }

    /** What is wrong with files, in words. */
    static String words(UncheckedIOException gone) {
        return gone.getMessage() + ": " + gone.getCause();
    }

    /**
     * Deletes copies that nobody needs: of all but the promoted version, some promoted before it, and those later than all that were
     * tried. The latter are on trial, or were until somebody began another one in their place: requests of that trial may still come to a
     * worker, and have to find the copy until what was tried instead is decided.
     */
    void keepWanted(Run run) {
        Set<Integer> promoted = PromotionFiles.kept(records.values());
        int tried = newestTried(run);
        own().keepOnly(version -> version > tried || promoted.contains(version));
    }

    /** The model that the last record tells of. */
    ModelReference lastModel() {
        return records.lastEntry().getValue().model();
    }
}
