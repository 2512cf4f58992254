package dev.tempo.algorithm;

/**
 * The quality of a vote, measured against the truth about each response. For diagnosis alone: no training step uses it.
 *
 * @param labelAccuracy 1 if the label is correct, otherwise 0
 * @param rewardAccuracy the share of responses whose reward of 0 or 1 is the one that the truth would have given
 * @param groundTruthRatio the share of correct responses
 * @param meanReward the mean of the vote's rewards
 * @param passAtN 1 if any response is correct, otherwise 0
 */
public record VoteQuality(
        double labelAccuracy, double rewardAccuracy, double groundTruthRatio, double meanReward, double passAtN) {
    /**
     * The quality of a vote.
     *
     * @param rewards the vote's rewards, each 0 or 1
     * @param correct the truth about each response
     * @param labelCorrect the truth about the label; false where there is none
     */
    public static VoteQuality of(double[] rewards, boolean[] correct, boolean labelCorrect) {
        Shapes.requireLength("correct", correct.length, rewards.length);
        if (rewards.length == 0) {
            throw new IllegalArgumentException("a vote needs at least 1 response");
        }
        int right = 0;
        int truths = 0;
        double sum = 0;
        for (int i = 0; i < rewards.length; i++) {
            right += (rewards[i] > 0) == correct[i] ? 1 : 0;
            truths += correct[i] ? 1 : 0;
            sum += rewards[i];
        }
        double responses = rewards.length;
        return new VoteQuality(
                labelCorrect ? 1 : 0, right / responses, truths / responses, sum / responses, truths > 0 ? 1 : 0);
    }
}
