package dev.tempo.datasets.published;

import java.util.ArrayList;
import java.util.List;

/** The tally of a published file: what became of its rows. */
public final class Tally {
    int rows;
    int taken;
    int passedOver;
    int doubles;
    int contradictions;
    int elsewhere;
    final List<String> unusable = new ArrayList<>();

    Tally() {}

    /** The tally of several files together. */
    public static Tally of(List<Tally> files) {
        Tally sum = new Tally();
        for (Tally file : files) {
            sum.rows += file.rows;
            sum.taken += file.taken;
            sum.passedOver += file.passedOver;
            sum.doubles += file.doubles;
            sum.contradictions += file.contradictions;
            sum.elsewhere += file.elsewhere;
            sum.unusable.addAll(file.unusable);
        }
        return sum;
    }

    /** The reasons why rows could not be used, a line each. */
    public List<String> unusable() {
        return List.copyOf(unusable);
    }

    /** {@code 960 rows, 30 questions; left out: 930 doubles}. */
    @Override
    public String toString() {
        List<String> left = new ArrayList<>();
        note(left, passedOver, "not asked for");
        note(left, doubles, "doubles");
        note(left, contradictions, "with another answer than their double");
        note(left, elsewhere, "in a file of --without");
        note(left, unusable.size(), "unusable");
        return rows + " rows, " + taken + " questions"
                + (left.isEmpty() ? "" : "; left out: " + String.join(", ", left));
    }

    private static void note(List<String> left, int count, String what) {
        if (count > 0) {
            left.add(count + " " + what);
        }
    }
}
