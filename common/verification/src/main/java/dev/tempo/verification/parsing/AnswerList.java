package dev.tempo.verification.parsing;

import dev.tempo.verification.expression.Node;
import dev.tempo.verification.expression.Node.Relation;
import dev.tempo.verification.expression.Node.Sequence;
import dev.tempo.verification.expression.Unparsable;
import java.util.ArrayList;
import java.util.List;

/** A list of answers that stand side by side, without brackets. */
public final class AnswerList {
    private AnswerList() {}

    /** The word in place of the closing bracket of relations that are joined by "or". */
    public static final String OR = "or";

    public static final String AND = "and";

    /** Equations joined by commas inside "and", "or" or semicolons are one answer each: {@code p=5,q=2; p=7,q=2}. */
    static Node of(List<Node> items, List<String> separators) {
        if (items.isEmpty()) {
            throw new Unparsable("nothing");
        }
        if (items.size() == 1) {
            return items.get(0);
        }
        List<String> signs = separators.subList(0, items.size() - 1);
        boolean commas = signs.contains(",");
        boolean others = signs.stream().anyMatch(sign -> !sign.equals(","));
        boolean relations = items.stream().allMatch(Relation.class::isInstance);
        if (commas && others && relations) {
            return grouped(items, signs);
        }
        if (relations && signs.stream().allMatch(signs.get(0)::equals)) {
            return joined(items, signs.get(0));
        }
        return commas && others && semicolons(separators, items.size()) ? tuples(items, separators) : bare(items);
    }

    private static Node grouped(List<Node> items, List<String> signs) {
        List<Node> groups = new ArrayList<>();
        List<Node> group = new ArrayList<>();
        String joint = "";
        for (int item = 0; item < items.size(); item++) {
            group.add(items.get(item));
            if (item == signs.size() || !signs.get(item).equals(",")) {
                groups.add(group.size() == 1 ? group.get(0) : bare(group));
                group.clear();
                joint = item < signs.size() ? signs.get(item) : joint;
            }
        }
        return groups.size() == 1 ? groups.get(0) : joined(groups, joint);
    }

    private static Sequence joined(List<Node> items, String joint) {
        return new Sequence("", joint.equals(OR) || joint.equals(AND) ? joint : "", List.copyOf(items));
    }

    private static boolean semicolons(List<String> separators, int items) {
        return separators.subList(0, items - 1).stream().allMatch(sign -> sign.equals(",") || sign.equals(";"));
    }

    /** Pairs or triples between semicolons, as in 1,2;3,4, if all are of one size. */
    private static Node tuples(List<Node> items, List<String> separators) {
        int size = separators.indexOf(";") + 1;
        List<Node> tuples = new ArrayList<>();
        for (int item = 0; item < items.size(); item++) {
            boolean last = item % size == size - 1;
            if (item < items.size() - 1 && separators.get(item).equals(";") != last) {
                return bare(items);
            }
            if (last) {
                tuples.add(new Sequence("(", ")", List.copyOf(items.subList(item + 1 - size, item + 1))));
            }
        }
        return size > 1 && items.size() % size == 0 ? bare(tuples) : bare(items);
    }

    private static Sequence bare(List<Node> items) {
        return new Sequence("", "", List.copyOf(items));
    }
}
