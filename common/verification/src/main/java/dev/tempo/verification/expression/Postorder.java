package dev.tempo.verification.expression;

import dev.tempo.verification.expression.Node.Apply;
import dev.tempo.verification.expression.Node.Matrix;
import dev.tempo.verification.expression.Node.Relation;
import dev.tempo.verification.expression.Node.Sequence;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The nodes of a tree in postorder, children before parents, each with the positions of its children. The root is last. */
public final class Postorder {
    private static final int[] LEAF = {};
    private final List<Node> nodes = new ArrayList<>();
    private final List<int[]> children = new ArrayList<>();

    private record Visit(Node node, boolean expanded) {}

    private Postorder() {}

    public static Postorder of(Node root, Budget budget) {
        Postorder order = new Postorder();
        if (root.children().isEmpty()) {
            budget.charge(1);
            order.nodes.add(root);
            order.children.add(LEAF);
            return order;
        }
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
            positions.put(node, order.nodes.size());
            order.nodes.add(node);
            order.children.add(positions(below, positions));
        }
        return order;
    }

    private static int[] positions(List<Node> below, Map<Node, Integer> positions) {
        int[] places = below.isEmpty() ? LEAF : new int[below.size()];
        for (int child = 0; child < places.length; child++) {
            places[child] = positions.getOrDefault(below.get(child), -1);
        }
        return places;
    }

    public int size() {
        return nodes.size();
    }

    public int root() {
        return nodes.size() - 1;
    }

    public Node node(int position) {
        return nodes.get(position);
    }

    /** Positions of a node's children. The array is shared and not written to. */
    public int[] children(int position) {
        return children.get(position);
    }

    public List<Node> nodes() {
        return nodes;
    }

    public boolean anyMatch(Predicate<Node> condition) {
        for (Node node : nodes) {
            if (condition.test(node)) {
                return true;
            }
        }
        return false;
    }

    /** The tree with every node replaced, children first. */
    public static Node rewrite(Node root, Budget budget, UnaryOperator<Node> replacement) {
        Postorder order = of(root, budget);
        Node[] rewritten = new Node[order.size()];
        for (int position = 0; position < rewritten.length; position++) {
            Node node = order.node(position);
            int[] below = order.children(position);
            boolean same = true;
            for (int child = 0; child < below.length && same; child++) {
                same = rewritten[below[child]] == node.children().get(child);
            }
            if (!same) {
                List<Node> replaced = new ArrayList<>(below.length);
                for (int child : below) {
                    replaced.add(rewritten[child]);
                }
                node = with(node, List.copyOf(replaced));
            }
            rewritten[position] = replacement.apply(node);
        }
        return rewritten[order.root()];
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
