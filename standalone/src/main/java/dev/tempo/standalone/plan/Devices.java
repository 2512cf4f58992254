package dev.tempo.standalone.plan;

/**
 * The devices of each role.
 *
 * @param rollout workers with a device each
 * @param critic devices of the critic; 0 where it shares with others
 * @param policy devices of the policy
 */
public record Devices(int rollout, int critic, int policy) {
    /** One device for everything: whatever could overlap takes turns. */
    static final Devices ONE = new Devices(0, 0, 1);

    /**
     * The devices as the system uses them today: critic and policy have one each, however many there are, and generation has
     * the others.
     */
    public static Devices of(int all) {
        return switch (all) {
            case 1 -> ONE;
            case 2 -> new Devices(1, 0, 1);
            default -> new Devices(all - 2, 1, 1);
        };
    }

    /**
     * Cores for three processes, each of which computes in one thread. Two are enough, for critic and policy do not compute
     * at once while responses are generated.
     */
    public static Devices cores(int cores) {
        return cores == 1 ? ONE : new Devices(1, 1, 1);
    }

    boolean isOne() {
        return rollout == 0;
    }

    /** Whether critic and policy compute on the same device. */
    boolean trainersShare() {
        return critic == 0;
    }

    int workers() {
        return Math.max(1, rollout);
    }

    int critics() {
        return Math.max(1, critic);
    }

    /** The devices in words, as in "6 GPUs rollout, 1 GPU critic, 1 GPU policy". */
    public String words(String unit) {
        if (isOne()) {
            return "1 " + unit + " for everything, in turn";
        }
        return counted(rollout, unit) + " rollout, "
                + (trainersShare()
                        ? counted(policy, unit) + " critic and policy in turn"
                        : counted(critic, unit) + " critic, " + counted(policy, unit) + " policy");
    }

    private static String counted(int number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
