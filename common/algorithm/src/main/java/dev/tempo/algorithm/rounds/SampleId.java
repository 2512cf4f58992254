package dev.tempo.algorithm.rounds;

/**
 * The id of a response within a round: the sample-th answer to a question. Sorted by question id, then by sample.
 *
 * @param question the question's id
 * @param sample counted from 0
 */
record SampleId(String question, int sample) implements Comparable<SampleId> {
    public SampleId {
        if (question.isEmpty()) {
            throw new IllegalArgumentException("a question id must not be empty");
        }
        if (sample < 0) {
            throw new IllegalArgumentException("samples count from 0, but got " + sample + " of " + question);
        }
    }

    @Override
    public int compareTo(SampleId other) {
        int byQuestion = question.compareTo(other.question);
        return byQuestion != 0 ? byQuestion : Integer.compare(sample, other.sample);
    }
}
