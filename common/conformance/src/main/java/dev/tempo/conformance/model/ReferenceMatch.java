package dev.tempo.conformance.model;

import dev.tempo.conformance.formula.CaseResult;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The distance of one case's numbers from the reference's. */
final class ReferenceMatch {
    private final String id;
    private double worst;
    private String message = "";
    private int compared;

    ReferenceMatch(String id) {
        this.id = id;
    }

    /** @param tolerance of the absolute difference */
    ReferenceMatch number(String name, double actual, double expected, double tolerance) {
        compared++;
        double difference = Math.abs(actual - expected);
        double error = Double.isFinite(difference) ? difference / (1 + Math.abs(expected)) : Double.POSITIVE_INFINITY;
        worst = Math.max(worst, error);
        if (!(difference <= tolerance)) {
            return wrong(name + " is " + actual + ", expected " + expected + " within " + tolerance);
        }
        return this;
    }

    ReferenceMatch numbers(String name, double[] actual, JsonNode expected, double tolerance) {
        if (actual.length != expected.size()) {
            worst = Double.POSITIVE_INFINITY;
            return wrong(name + " has " + actual.length + " numbers, expected " + expected.size());
        }
        for (int i = 0; i < actual.length; i++) {
            number(name + "[" + i + "]", actual[i], expected.get(i).asDouble(), tolerance);
        }
        return this;
    }

    /** The comparison of things that must be the same. */
    ReferenceMatch same(String name, Object actual, Object expected) {
        compared++;
        if (!actual.equals(expected)) {
            worst = Double.POSITIVE_INFINITY;
            return wrong(name + " is " + actual + ", expected " + expected);
        }
        return this;
    }

    private ReferenceMatch wrong(String complaint) {
        message = message.isEmpty() ? complaint : message;
        return this;
    }

    CaseResult result() {
        if (compared == 0) {
            return failed(id, "the reference has no numbers to compare with");
        }
        CaseResult.Status status = message.isEmpty() ? CaseResult.Status.PASSED : CaseResult.Status.FAILED;
        return new CaseResult(id, status, worst, message);
    }

    static CaseResult failed(String id, String message) {
        return new CaseResult(id, CaseResult.Status.FAILED, Double.POSITIVE_INFINITY, message);
    }

    static double[] doubles(float[] numbers) {
        double[] wide = new double[numbers.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = numbers[i];
        }
        return wide;
    }

    static int[] ids(JsonNode numbers) {
        int[] ids = new int[numbers.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = numbers.get(i).asInt();
        }
        return ids;
    }

    static List<Integer> boxed(int[] ids) {
        return java.util.Arrays.stream(ids).boxed().toList();
    }
}
