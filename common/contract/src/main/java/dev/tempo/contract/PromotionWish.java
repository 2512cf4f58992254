package dev.tempo.contract;

/**
 * The wish of a run's operator to have a version promoted without a trial.
 *
 * @param id by which the answer is known
 */
public record PromotionWish(String id, int version) {
    public PromotionWish {
        Check.text("id", id);
        Check.notNegative("version", version);
    }
}
