package dev.tempo.standalone.check;

import dev.tempo.contract.recipe.Recipe;
import dev.tempo.model.ModelFormatException;
import dev.tempo.model.device.DeviceException;
import dev.tempo.model.planning.Reproducibility;
import java.nio.file.Path;
import java.util.List;

/** Whether this machine computes a recipe's model with the same bits whatever is computed beside it. */
public final class BitsCheck {
    private BitsCheck() {}

    /** The findings about bits; none where model or device cannot be used, which their own checks report. */
    public static List<Finding> of(Recipe recipe) {
        try {
            Reproducibility bits = Reproducibility.of(Path.of(recipe.model()));
            return List.of(
                    bits.promised() ? Finding.good("bits", bits.words()) : Finding.warning("bits", bits.words()));
        } catch (ModelFormatException | DeviceException saidByTheirOwnChecks) {
            return List.of();
        }
    }
}
