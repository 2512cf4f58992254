package dev.tempo.eval;

/**
 * What a version's responses to one question come to, each from 0 to 1.
 *
 * @param avg share of right responses
 * @param pass pass@k among them
 * @param malformed share of responses without an answer
 * @param length mean length as a share of the longest that is allowed
 */
record QuestionMeans(double avg, double pass, double malformed, double length) {}
