package dev.tempo.verification;

import dev.tempo.verification.Node.Apply;
import dev.tempo.verification.Node.Matrix;
import dev.tempo.verification.Node.Relation;
import dev.tempo.verification.Node.Sequence;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A tree's nodes, children before parents, each with the positions of its children. The root is last. */
record Postorder(List<Node> nodes, List<List<Integer>> children) {
    private record Visit(Node node, boolean expanded) {}

    static Postorder of(Node root, Budget budget) {
        List<Node> nodes = new ArrayList<>();
        List<List<Integer>> children = new ArrayList<>();
        Map<Node, Integer> positions = new IdentityHashMap<>();
        Deque<Visit> pending = new ArrayDeque<>();
        pending.push(new Visit(root, false));
        while (!pending.isEmpty()) {
            Visit visit = pending.pop();
            Node node = visit.node();
            if (positions.containsKey(node)) {
                continue;
            }
            List<Node> below = node.children();
            if (!visit.expanded() && !below.isEmpty()) {
                pending.push(new Visit(node, true));
                for (int child = below.size() - 1; child >= 0; child--) {
                    pending.push(new Visit(below.get(child), false));
                }
                continue;
            }
            budget.charge(1);
            positions.put(node, nodes.size());
            nodes.add(node);
            children.add(below.stream().map(positions::get).toList());
        }
        return new Postorder(nodes, children);
    }

    int root() {
        return nodes.size() - 1;
    }

    boolean anyMatch(java.util.function.Predicate<Node> condition) {
        return nodes.stream().anyMatch(condition);
    }

    /** The same tree with every node replaced, children first. */
    static Node rewrite(Node root, Budget budget, UnaryOperator<Node> replacement) {
        Postorder order = of(root, budget);
        List<Node> rewritten = new ArrayList<>();
        for (int position = 0; position < order.nodes.size(); position++) {
            Node node = order.nodes.get(position);
            List<Integer> below = order.children.get(position);
            boolean same = true;
            for (int child = 0; child < below.size() && same; child++) {
                same = rewritten.get(below.get(child)) == node.children().get(child);
            }
            rewritten.add(replacement.apply(
                    same ? node : with(node, below.stream().map(rewritten::get).toList())));
        }
        return rewritten.get(order.root());
    }

    private static Node with(Node node, List<Node> children) {
        if (node instanceof Apply apply) {
            return new Apply(apply.operation(), apply.name(), children);
        }
        if (node instanceof Sequence sequence) {
            return new Sequence(sequence.open(), sequence.close(), children);
        }
        if (node instanceof Matrix matrix) {
            return new Matrix(matrix.columns(), children);
        }
        if (node instanceof Relation relation) {
            return new Relation(children, relation.signs());
        }
        return node;
    }
}
