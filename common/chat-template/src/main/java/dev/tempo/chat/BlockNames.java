package dev.tempo.chat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names that one block uses, and the origin of each name's value when the block begins. jinja2 settles this before
 * anything runs: a name that a block sets anywhere is the block's own from its first line on.
 */
final class BlockNames {
    /** The origin of a name's value when the block begins. */
    enum Origin {
        /** A parameter of the block itself: a loop's variable, a macro's parameter. */
        PARAMETER,
        /** A variable of the rendering, or a function that every template has. */
        GIVEN,
        /** The value that the name has in the surrounding block. */
        OUTER,
        /** No value, until the block sets one. */
        NOTHING
    }

    private final @Nullable BlockNames outer;
    private final Map<String, Origin> origins = new HashMap<>();
    private final Set<String> set = new HashSet<>();

    BlockNames(@Nullable BlockNames outer) {
        this.outer = outer;
    }

    Map<String, Origin> origins() {
        return origins;
    }

    private boolean knows(String name) {
        return origins.containsKey(name) || isOuter(name);
    }

    private boolean isOuter(String name) {
        return outer != null && outer.knows(name);
    }

    void read(String name) {
        if (!knows(name)) {
            origins.put(name, Origin.GIVEN);
        }
    }

    void set(String name) {
        set.add(name);
        origins.putIfAbsent(name, isOuter(name) ? Origin.OUTER : Origin.NOTHING);
    }

    void parameter(String name) {
        set.add(name);
        origins.put(name, Origin.PARAMETER);
    }

    /** A copy of the names for one branch of an if statement. */
    BlockNames branch() {
        BlockNames branch = new BlockNames(outer);
        branch.origins.putAll(origins);
        branch.set.addAll(set);
        return branch;
    }

    /**
     * Adds the names of an if statement's branches. A name that some branch sets may be set afterwards, or still have its
     * value from before.
     */
    void join(List<BlockNames> branches) {
        Set<String> fresh = new HashSet<>();
        branches.forEach(branch -> fresh.addAll(branch.set));
        fresh.removeAll(set);
        for (BlockNames branch : branches) {
            origins.putAll(branch.origins);
            set.addAll(branch.set);
        }
        fresh.forEach(name -> origins.put(name, isOuter(name) ? Origin.OUTER : Origin.GIVEN));
    }
}
