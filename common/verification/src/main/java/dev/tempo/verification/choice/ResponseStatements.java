package dev.tempo.verification.choice;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The statements that the sentences of one response have made so far, read in order. */
final class ResponseStatements {
    private final int size;
    private final TreeSet<Integer> right = new TreeSet<>();
    private final List<TreeSet<Integer>> named = new ArrayList<>();
    private final TreeSet<Integer> labels = new TreeSet<>();
    private final TreeSet<Integer> writtenOut = new TreeSet<>();
    private @Nullable TreeSet<Integer> stated;

    /** Whether the sentence at hand has made a statement, and whether it was one with a word for it. */
    private boolean statedHere;

    private boolean chosenHere;

    /** Whether a sentence has said that its writer does not know: from then on only a word for it states an answer. */
    private boolean gaveUp;

    /** Whether the sentence before, or the one at hand, is a line of options and nothing else. */
    private boolean inList;

    private boolean listedHere;

    ResponseStatements(int size) {
        this.size = size;
    }

    void add(OptionStatus status, TreeSet<Integer> options, boolean wholeLine) {
        switch (status) {
            case CHOSEN, BARE -> state(options, status == OptionStatus.CHOSEN, wholeLine);
            case NAMED -> named.add(options);
            case RIGHT -> {
                right.addAll(options);
                if (stated != null && !stated.isEmpty()) {
                    stated.addAll(options);
                }
            }
            case REJECTED -> reject(options);
            case POSSIBLE -> {
                if (stated != null && !stated.containsAll(options)) {
                    stated = new TreeSet<>();
                }
                if (!right.isEmpty() && !right.containsAll(options)) {
                    right.clear();
                }
                if (!labels.containsAll(options)) {
                    labels.clear();
                }
                named.add(new TreeSet<>());
            }
            case LABEL -> labels.addAll(options);
            default -> {}
        }
    }

    private void state(TreeSet<Integer> options, boolean chosen, boolean wholeLine) {
        if (gaveUp && !chosen) {
            return;
        }
        boolean goesOn = statedHere || wholeLine && inList;
        if (goesOn && stated != null && stated.stream().noneMatch(options::contains)) {
            stated.addAll(options);
        } else if (!statedHere || stated == null || !stated.containsAll(options)) {
            stated = new TreeSet<>(options);
        }
        statedHere = true;
        chosenHere |= chosen;
        listedHere |= wholeLine;
    }

    private void reject(TreeSet<Integer> options) {
        right.removeAll(options);
        named.forEach(one -> one.removeAll(options));
        labels.removeAll(options);
        if (stated != null) {
            stated.removeAll(options);
        }
    }

    /**
     * Ends the sentence at hand.
     *
     * @param givesUp whether the sentence says that its writer does not know
     */
    void endSentence(boolean givesUp) {
        if (givesUp && !chosenHere) {
            gaveUp = true;
            stated = stated == null ? null : new TreeSet<>();
            right.clear();
            named.clear();
            labels.clear();
        }
        inList = listedHere;
        statedHere = false;
        chosenHere = false;
        listedHere = false;
    }

    /** Takes note of a line that is an option as the question has it. */
    void writtenOut(TreeSet<Integer> options) {
        writtenOut.addAll(options);
    }

    TreeSet<Integer> result() {
        if (stated != null) {
            boolean repeatsTheQuestion = stated.size() == size && size > 2 && stated.equals(writtenOut);
            return repeatsTheQuestion ? new TreeSet<>() : stated;
        }
        if (!right.isEmpty()) {
            return labels.isEmpty() || right.containsAll(labels) ? right : new TreeSet<>();
        }
        if (labels.size() == 1) {
            return labels;
        }
        TreeSet<Integer> only = new TreeSet<>();
        for (TreeSet<Integer> one : named) {
            if (one.isEmpty() || !only.isEmpty() && !only.equals(one)) {
                return new TreeSet<>();
            }
            only.addAll(one);
        }
        return only;
    }
}
