package dev.tempo.verification.choice;

/** The status that a sentence gives the options it names. */
enum OptionStatus {
    /** Stated as the answer, with a word for answers or for choosing. */
    CHOSEN,
    /** The answer because the sentence says nothing else. */
    BARE,
    /** The last word of "the process is C", whose subject may be anything. */
    NAMED,
    /** Called right. */
    RIGHT,
    /** Called wrong, excluded or put behind another. */
    REJECTED,
    /** Called possible, or offered beside another. */
    POSSIBLE,
    /** Named at the beginning of a line, with a remark behind it. */
    LABEL,
    /** Only spoken of. */
    MENTIONED
}
