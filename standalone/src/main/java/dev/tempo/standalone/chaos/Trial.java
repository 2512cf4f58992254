package dev.tempo.standalone.chaos;

import dev.tempo.contract.UserException;
import dev.tempo.standalone.launch.Launch;
import dev.tempo.standalone.launch.ServiceState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One run under faults, from its beginning to its end. */
final class Trial {
    private static final int RESUMES = 3;
    private static final double MOMENT_SECONDS = 45;
    private static final int MOMENT_ROUNDS = 8;
    private static final double ASKED_AFTER = 10;
    private static final int LONGEST_WORDS = 400;
    private static final int TIMES_PATIENCE = 5;

    /** Kills before the run has to come further: the launcher starts a process again five times while it does not. */
    private static final int MOST_KILLS = 5;

    private final int number;
    private final Victim victim;
    private final Undisturbed undisturbed;
    private final double patience;
    private final FaultResults results;
    private final BooleanSupplier goesOn;
    private List<FaultRecord> latest = List.of();
    /** What struck before: a run may come a round further before it says what is wrong. */
    private List<Struck> earlier = List.of();

    private boolean mayHaveStopped;

    Trial(
            int number,
            Victim victim,
            Undisturbed undisturbed,
            Duration patience,
            FaultResults results,
            BooleanSupplier goesOn) {
        this.number = number;
        this.victim = victim;
        this.undisturbed = undisturbed;
        this.patience = patience.toMillis() / 1000.0;
        this.results = results;
        this.goesOn = goesOn;
    }

    /** What a strike did, and when it was over. */
    private record Struck(PlannedFault planned, Strike strike, String moment) {}

    /** How a wait for the run to go on ended. */
    private enum Wait {
        WENT_ON,
        FINISHED,
        ENDED,
        /** Nothing went on and nothing named the reason. */
        UNEXPLAINED,
        /** The reason was named, but it did not pass. */
        STUCK,
        NOT_WANTED
    }

    /** Strikes the next faults until the run is finished or lost; whether all of them came to a good end. */
    boolean run(Deque<PlannedFault> queue, int together) throws IOException, InterruptedException {
        Optional<PlannedFault> before = queue.stream()
                .filter(planned -> planned.fault().when() == Fault.When.BEFORE_IT_BEGINS)
                .findFirst();
        List<Struck> struck = new ArrayList<>();
        if (before.isPresent()) {
            queue.remove(before.get());
            Strike strike = before.get().fault().strike(victim, before.get().random());
            struck.add(new Struck(before.get(), strike, "before it begins"));
        }
        victim.begin(before.isEmpty());
        if (!struck.isEmpty() && !settle(struck)) {
            return false;
        }
        while (goesOn.getAsBoolean() && !victim.child().hasFinished()) {
            List<Struck> group = queue.isEmpty() ? List.of() : strike(queue, together);
            if (!settle(group)) {
                return false;
            }
        }
        return true;
    }

    /** Strikes one fault, or several in a row; none when the run ends before the first. */
    private List<Struck> strike(Deque<PlannedFault> queue, int together) throws IOException, InterruptedException {
        List<Struck> struck = new ArrayList<>();
        PlannedFault first = null;
        while (struck.size() < together && goesOn.getAsBoolean()) {
            PlannedFault next = next(queue, first, struck.size());
            if (next == null) {
                break;
            }
            boolean atRest = next.fault().when() == Fault.When.AT_REST;
            if (!struck.isEmpty() && !atRest && !victim.child().isAlive()) {
                break;
            }
            String moment = !struck.isEmpty() ? "with the one before" : await(next);
            if (moment == null) {
                break;
            }
            if (atRest && struck.isEmpty()) {
                victim.killAll();
            }
            first = first == null ? next : first;
            mayHaveStopped |= next.fault().mayStopTheRun();
            queue.remove(next);
            try {
                struck.add(new Struck(next, next.fault().strike(victim, next.random()), moment));
            } catch (UserException | IOException unreachable) {
                if (atBroker(next) && !victim.child().isAlive()) {
                    queue.addFirst(next);
                    break;
                }
                struck.add(
                        new Struck(next, Strike.impossible("could not be done: " + unreachable.getMessage()), moment));
            }
        }
        return struck;
    }

    /**
     * The next fault that can strike a run that is there, if need be together with those before it; null if there is none. What may
     * not stop the run comes no more once something has struck that may: it would be blamed for what that did.
     *
     * @param before how many have struck together already
     */
    private @Nullable PlannedFault next(Deque<PlannedFault> queue, @Nullable PlannedFault together, int before) {
        return queue.stream()
                .filter(planned -> planned.fault().when() != Fault.When.BEFORE_IT_BEGINS)
                .filter(planned -> planned.fault().mayStopTheRun() || !mayHaveStopped)
                .filter(planned -> together == null || planned.fault().goesWith(together.fault()))
                .filter(planned -> before < MOST_KILLS || !kills(planned.fault()))
                .findFirst()
                .orElse(null);
    }

    private static boolean kills(Fault fault) {
        return fault.when() == Fault.When.WHILE_IT_RUNS && !fault.mayStopTheRun();
    }

    /** Waits for the fault's moment; null when the run ended before it. */
    private @Nullable String await(PlannedFault planned) throws IOException, InterruptedException {
        long started = System.nanoTime();
        while (victim.version() < 1 && victim.child().isAlive() && goesOn.getAsBoolean()) {
            if (secondsSince(started) > TIMES_PATIENCE * patience) {
                return null;
            }
            Victim.pause();
        }
        if (!victim.child().isAlive()) {
            return null;
        }
        Moment moment = planned.moment();
        double drawn = planned.random().nextDouble();
        moment.begin(victim, planned.random());
        long begun = System.nanoTime();
        int version = victim.version();
        while (goesOn.getAsBoolean()) {
            double seconds = secondsSince(begun);
            if (moment.has(victim, seconds, drawn)) {
                return moment.toString();
            }
            if (!victim.child().isAlive()) {
                return moment == Moment.STOPPING ? "just stopped" : null;
            }
            boolean passing = seconds > MOMENT_SECONDS || victim.version() > version + MOMENT_ROUNDS;
            if (passing && moment != Moment.THE_END) {
                return "at random";
            }
            Victim.pause();
        }
        return null;
    }

    /** Waits until the run goes on, helps as an operator would, and says what came of the faults; false if the run is lost. */
    private boolean settle(List<Struck> struck) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        double lasts = struck.stream()
                .mapToDouble(one -> one.strike().lasts().toMillis() / 1000.0)
                .max()
                .orElse(0);
        boolean killed = struck.stream().anyMatch(one -> ends(one));
        Set<String> seen = new LinkedHashSet<>();
        FaultOutcome outcome = FaultOutcome.EQUAL;
        int resumes = 0;
        while (true) {
            Wait wait = awaitProgress(begun, lasts, struck.isEmpty(), seen);
            if (wait == Wait.NOT_WANTED) {
                return false;
            }
            if (wait == Wait.WENT_ON || wait == Wait.FINISHED) {
                break;
            }
            if (wait == Wait.ENDED) {
                Optional<String> stated = victim.child().statedError();
                int status = victim.child().status();
                if (stated.isPresent()) {
                    seen.add(stated.get());
                    outcome = outcome.isGood() ? FaultOutcome.STATED : outcome;
                } else if (!killed && status != 130 && status != 143) {
                    seen.add("ended with status " + status + " and without a word: "
                            + victim.child().errorText().strip().replaceAll("\\s+", " "));
                    outcome = FaultOutcome.LOST;
                }
            } else {
                seen.add(wait == Wait.STUCK ? "it did not pass" : "nothing said why it waits");
                outcome = wait == Wait.STUCK ? FaultOutcome.LOST : FaultOutcome.UNEXPLAINED;
                if (!victim.stop()) {
                    seen.add("Ctrl-C did not end it");
                }
            }
            if (resumes == RESUMES) {
                record(struck, FaultOutcome.LOST, seen, secondsSince(begun) - lasts);
                return false;
            }
            // What was only killed is resumed as it is; only what stated an error gets what the error asks for.
            if (!killed || resumes > 0) {
                mend(struck);
                if (resumes > 1) {
                    mend(earlier);
                }
            }
            killed = false;
            resumes++;
            victim.resume();
        }
        double seconds = Math.max(0, secondsSince(begun) - lasts);
        for (Struck one : struck) {
            String words = aftermath(one);
            if (!words.isEmpty()) {
                seen.add(words);
            }
        }
        List<String> differences =
                undisturbed.differences(victim.files(), victim.child().hasFinished(), victim.harmed());
        if (!differences.isEmpty()) {
            outcome = FaultOutcome.DIFFERENT;
            seen.add(differences.size() + " differences: " + differences.get(0));
        }
        record(struck, outcome, seen, seconds);
        earlier = struck.isEmpty() ? earlier : struck;
        return differences.isEmpty();
    }

    /** Does what the faults ask for, the last one first: a file that was hit twice ends as it was before the first. */
    private static void mend(List<Struck> struck) throws IOException {
        for (int i = struck.size() - 1; i >= 0; i--) {
            struck.get(i).strike().remedy().apply();
        }
    }

    private static boolean atBroker(PlannedFault planned) {
        return planned.fault().when() == Fault.When.WHILE_THE_BROKER_ANSWERS;
    }

    private boolean ends(Struck one) {
        return one.planned().fault().when() == Fault.When.AT_REST
                || !victim.child().isAlive()
                || one.planned().moment() == Moment.STOPPING
                || one.strike().done().startsWith("killed");
    }

    private static String aftermath(Struck one) {
        try {
            return one.strike().aftermath().get();
        } catch (UserException gone) {
            return "";
        }
    }

    private Wait awaitProgress(long begun, double lasts, boolean toTheEnd, Set<String> seen)
            throws InterruptedException {
        int before = victim.version();
        int said = victim.child().said();
        long still = System.nanoTime();
        double explained = 0;
        double asked = 0;
        boolean over = false;
        int newest = before;
        while (goesOn.getAsBoolean()) {
            if (!victim.child().isAlive()) {
                victim.child().awaitEnd(2);
                tell(said, seen);
                return victim.child().hasFinished() ? Wait.FINISHED : Wait.ENDED;
            }
            if (!over && secondsSince(begun) >= lasts) {
                over = true;
                before = victim.version();
            }
            if (victim.version() > newest) {
                newest = victim.version();
                still = System.nanoTime();
                explained = 0;
                asked = 0;
            }
            boolean last = before >= victim.recipe().rounds();
            if (over && !toTheEnd && !last && victim.version() > before) {
                tell(said, seen);
                return Wait.WENT_ON;
            }
            double quiet = secondsSince(still);
            explained = Math.max(explained, quiet - victim.child().secondsSinceLastWord());
            if (quiet - asked > ASKED_AFTER) {
                asked = quiet;
                String reason = reason();
                if (!reason.isEmpty()) {
                    seen.add(reason);
                    explained = quiet;
                }
            }
            if (quiet - explained > patience) {
                tell(said, seen);
                return Wait.UNEXPLAINED;
            }
            if (quiet > TIMES_PATIENCE * patience + lasts) {
                tell(said, seen);
                return Wait.STUCK;
            }
            Victim.pause();
        }
        return Wait.NOT_WANTED;
    }

    private void tell(int said, Set<String> seen) {
        victim.child().saidSince(said).stream()
                .filter(word -> word.contains("ended with status") || word.contains("-service: "))
                .limit(3)
                .forEach(seen::add);
    }

    /** What ./tempo status would say of a service that hangs or waits; empty where all are well. */
    private String reason() {
        try {
            for (ServiceState state : ServiceState.of(
                    victim.ports(), Launch.submission(victim.files().path()))) {
                if (state.isSilent()) {
                    return state.service() + " does not answer";
                }
                if (!state.status().equals("UP")) {
                    return state.service() + ": " + state.status() + " " + state.words();
                }
            }
            return "";
        } catch (UserException unreadable) {
            return "";
        }
    }

    private void record(List<Struck> struck, FaultOutcome outcome, Set<String> seen, double seconds) {
        String words = String.join("; ", seen);
        String cut = words.length() > LONGEST_WORDS ? words.substring(0, LONGEST_WORDS) : words;
        if (struck.isEmpty()) {
            if (outcome != FaultOutcome.EQUAL) {
                latest.forEach(record -> results.add(record.with(outcome, "later in this run: " + cut)));
            }
            return;
        }
        List<FaultRecord> records = new ArrayList<>();
        for (Struck one : struck) {
            Fault fault = one.planned().fault();
            boolean possible = one.strike().possible();
            FaultRecord record = new FaultRecord(
                    one.planned().number(),
                    number,
                    fault.words(),
                    fault.family(),
                    one.moment(),
                    one.strike().done(),
                    possible ? cut : "",
                    possible ? Math.round(seconds * 10) / 10.0 : 0,
                    possible ? outcome : FaultOutcome.IMPOSSIBLE);
            records.add(record);
            results.add(record);
        }
        latest = records;
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }
}
