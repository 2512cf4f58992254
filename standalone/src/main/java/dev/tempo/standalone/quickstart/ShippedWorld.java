package dev.tempo.standalone.quickstart;

import dev.tempo.model.training.Pretrainer;
import dev.tempo.model.training.PretrainingSettings;
import java.nio.file.Path;
import java.util.Locale;

/** A world whose base models and data can be made of a seed; they live in the directory of its name beside the recipes. */
public enum ShippedWorld {
    /** Signs, a character each. */
    QUICKSTART,
    /** The same problems in English. */
    WORDS,
    /** In several English wordings, half of them as multiple choice, and what is held out in German, too. */
    TELLINGS;

    /** The name that commands and directories have for it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Steps that {@link #make} reports. */
    public int steps() {
        return PretrainingSettings.quickstart().steps();
    }

    /** Whether base models of a family can be made of it. */
    public boolean has(BaseFamily family) {
        return this != QUICKSTART || family == BaseFamily.QWEN3;
    }

    /**
     * Writes the model of a family that it {@link #has}, in the family's directory, and the data files of the seed beside it. The
     * same seed gives the same bits.
     */
    public void make(long seed, BaseFamily family, Path directory, Pretrainer.Progress progress) {
        if (this == QUICKSTART) {
            BaseModel.make(seed, directory, progress);
        } else {
            WordsModel model =
                    this == WORDS ? new WordsModel(Telling.NUMBERS) : new WordsModel(Telling.SEVERAL, Telling.GERMAN);
            model.make(seed, family, directory, PretrainingSettings.quickstart(), progress);
        }
    }
}
