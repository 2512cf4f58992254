package dev.tempo.standalone.chaos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * The faults that a seed stands for, in order. Kinds are dealt like cards: each comes once before any comes again. What is
 * drawn for a fault depends on the seed and its number alone, so that parts of a plan add up to the whole.
 */
public final class FaultPlan {
    private final List<PlannedFault> faults;
    private final int together;

    private FaultPlan(List<PlannedFault> faults, int together) {
        this.faults = List.copyOf(faults);
        this.together = together;
    }

    /**
     * So many faults.
     *
     * @param together how many strike before the run is given time to recover
     */
    public static FaultPlan of(FaultDeck deck, int count, long seed, int together) {
        return new FaultPlan(dealt(deck, count, seed), together);
    }

    /**
     * Every kind once, several before the run is given time to recover: what a run has to survive by itself first, and of that what
     * strikes a living run before damage at rest.
     */
    public static FaultPlan eachKindOnce(FaultDeck deck, long seed, int together) {
        List<PlannedFault> faults = new ArrayList<>(dealt(deck, deck.kinds().size(), seed));
        faults.sort(
                Comparator.comparing((PlannedFault planned) -> planned.fault().mayStopTheRun())
                        .thenComparing(planned -> planned.fault().when()));
        return new FaultPlan(faults, together);
    }

    private static List<PlannedFault> dealt(FaultDeck kinds, int count, long seed) {
        List<PlannedFault> faults = new ArrayList<>();
        List<Fault> deck = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            if (deck.isEmpty()) {
                deck.addAll(kinds.kinds());
                Collections.shuffle(deck, new Random(seed * 31 + number));
            }
            Fault fault = deck.remove(deck.size() - 1);
            long own = new SplittableRandom(seed * 1_000_003 + number).nextLong();
            faults.add(new PlannedFault(number, fault, moment(fault, own), own));
        }
        return faults;
    }

    private static Moment moment(Fault fault, long seed) {
        List<Moment> possible = Arrays.stream(Moment.values())
                .filter(moment -> moment.suits(fault))
                .toList();
        return possible.get(new SplittableRandom(~seed).nextInt(possible.size()));
    }

    /**
     * One of several parts that together are this plan.
     *
     * @param part from 1
     */
    public FaultPlan part(int part, int parts) {
        int size = faults.size();
        return new FaultPlan(
                faults.subList((int) ((part - 1L) * size / parts), (int) ((long) part * size / parts)), together);
    }

    public int size() {
        return faults.size();
    }

    /** How many faults strike before the run is given time to recover. */
    int together() {
        return together;
    }

    List<PlannedFault> faults() {
        return faults;
    }
}
