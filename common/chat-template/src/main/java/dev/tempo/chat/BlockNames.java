package dev.tempo.chat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of one block and what each is when the block begins. jinja2 settles this before anything runs: a name that
 * a block sets anywhere is the block's own from its first line on.
 */
final class BlockNames {
    /** What a name is when the block begins. */
    enum Origin {
        /** Given by the block itself: a loop's variable, a macro's parameter. */
        PARAMETER,
        /** A variable of the rendering, or a function that every template has. */
        GIVEN,
        /** What it is in the block around. */
        OUTER,
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

    /** The same names, for one of the branches of an if statement. */
    BlockNames branch() {
        BlockNames branch = new BlockNames(outer);
        branch.origins.putAll(origins);
        branch.set.addAll(set);
        return branch;
    }

    /** What branches set may be set afterwards, or still be what it was. */
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
