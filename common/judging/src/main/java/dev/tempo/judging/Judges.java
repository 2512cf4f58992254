package dev.tempo.judging;

import dev.tempo.judging.rule.BlockInversionJudge;
import dev.tempo.judging.rule.BoxedJudge;
import dev.tempo.judging.rule.ChoiceJudge;
import dev.tempo.judging.rule.ClozeJudge;
import dev.tempo.judging.rule.ExactMatchJudge;
import dev.tempo.judging.rule.GridJudge;
import dev.tempo.judging.rule.MathJudge;
import dev.tempo.judging.rule.RulesJudge;
import dev.tempo.plugin.Judge;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The judges that recipes may name: the service's own, and for as long as a run lasts those of its plug-ins. Thread-safe. */
public final class Judges {
    private static final char OF_RUN = '@';

    private final Map<String, Judge> byName = new LinkedHashMap<>();
    private final Map<String, PluggedIn> ofRuns = new ConcurrentHashMap<>();

    private record PluggedIn(Map<String, Judge> judges, List<String> problems) {}

    /**
     * Judges of different names.
     *
     * @throws IllegalArgumentException if two judges have the same name
     */
    public Judges(Collection<? extends Judge> judges) {
        for (Judge judge : judges) {
            Judge other = byName.putIfAbsent(judge.name(), judge);
            if (other != null) {
                throw new IllegalArgumentException("two judges are named '" + judge.name() + "': "
                        + other.getClass().getName() + " and "
                        + judge.getClass().getName());
            }
        }
    }

    /** The judges that come with this module. */
    public static List<Judge> builtIn() {
        return List.of(
                new RulesJudge(),
                new MathJudge(),
                new ChoiceJudge(),
                new ClozeJudge(),
                new GridJudge(),
                new BoxedJudge(),
                new ExactMatchJudge(),
                new BlockInversionJudge());
    }

    /** All of these judges and others. */
    public Judges with(Collection<? extends Judge> others) {
        List<Judge> all = new ArrayList<>(byName.values());
        all.addAll(others);
        return new Judges(all);
    }

    /** Names of the service's own judges. */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /**
     * The judge of a name; empty where there is none.
     *
     * @param name as a recipe writes it, or as {@link #nameIn} gives it
     */
    public Optional<Judge> named(String name) {
        Judge own = byName.get(name);
        int at = name.lastIndexOf(OF_RUN);
        if (own != null || at < 0) {
            return Optional.ofNullable(own);
        }
        PluggedIn plugged = ofRuns.get(name.substring(at + 1));
        return plugged == null
                ? Optional.empty()
                : Optional.ofNullable(plugged.judges().get(name.substring(0, at)));
    }

    /**
     * Adds the plug-ins of a run.
     *
     * @param problems with plug-ins that could not be added, told to whoever names a judge that is not here
     */
    public void add(String run, Collection<? extends Judge> plugIns, List<String> problems) {
        Map<String, Judge> judges = new LinkedHashMap<>();
        plugIns.forEach(judge -> judges.put(judge.name(), judge));
        ofRuns.put(run, new PluggedIn(judges, List.copyOf(problems)));
    }

    /** Whether the plug-ins of a run were added and not forgotten yet. */
    public boolean knows(String run) {
        return ofRuns.containsKey(run);
    }

    /** Lets the plug-ins of a run go. */
    public void forget(String run) {
        ofRuns.remove(run);
    }

    /**
     * The name under which a run's chains find a judge. The name of a plug-in tells the run, so that each run keeps its
     * own plug-ins.
     */
    public String nameIn(String run, String name) {
        PluggedIn plugged = ofRuns.get(run);
        return plugged != null && plugged.judges().containsKey(name) ? name + OF_RUN + run : name;
    }

    @Override
    public String toString() {
        List<String> all = new ArrayList<>(byName.keySet());
        ofRuns.forEach((run, plugged) -> {
            plugged.judges().keySet().forEach(name -> all.add(name + OF_RUN + run));
            all.addAll(plugged.problems());
        });
        return String.join(", ", all);
    }
}
