package dev.tempo.standalone.evaluation;

/** What is asked of a model beside a benchmark's question, so that a judge finds the answer. */
enum AnswerForm {
    /** Mathematics, and whatever else nothing is known of. */
    REASONING("Please reason step by step, and put your final answer within \\boxed{}."),
    /** Mathematics in Chinese. */
    CHINESE_REASONING("请逐步推理，并把最终答案放在 \\boxed{} 中。"),
    /** Choices, blanks and numbers in one set. */
    EXAM(
            "Please reason step by step, and put your final answer within \\boxed{}: of options the letter of the right one (or the"
                    + " letters of all that are right), of several blanks their values in order with semicolons between them."),
    /** Options by letter. */
    CHOICE("Please reason step by step, and put the letter of the right option within \\boxed{}."),
    /** Tasks of many kinds, each of which says what an answer looks like. */
    TASK(
            "Please reason step by step, and put your final answer within \\boxed{}, in the form that the question asks for; of"
                    + " options their letter."),
    /** The question says itself how the answer is to be written. */
    NONE("");

    private final String text;

    AnswerForm(String text) {
        this.text = text;
    }

    /** What is asked. */
    String with(String question) {
        return text.isEmpty() ? question : question + "\n\n" + text;
    }
}
