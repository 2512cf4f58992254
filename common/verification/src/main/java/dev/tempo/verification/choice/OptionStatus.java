package dev.tempo.verification.choice;

/** What a sentence says of the options it names. */
enum OptionStatus {
    /** The answer, said with a word for it or for choosing. */
    CHOSEN,
    /** The answer, by nothing else being said. */
    BARE,
    /** The last word of "the process is C", whose subject may be anything. */
    NAMED,
    /** Called right. */
    RIGHT,
    /** Called wrong, excluded or put behind another. */
    REJECTED,
    /** Called possible, or offered beside another. */
    POSSIBLE,
    /** Begins a line and a remark follows. */
    LABEL,
    /** Only spoken of. */
    MENTIONED
}
