package dev.tempo.serving.openai;

/**
 * The split of an answer into what the model thinks, between its think tags, and what it says. Line breaks beside the tags
 * belong to neither. An answer that does not begin with a tag is all said. Not thread-safe.
 */
final class ReasoningSplit {
    static final String OPEN = "<think>";
    static final String CLOSE = "</think>";

    private enum State {
        BEGINNING,
        AFTER_OPEN,
        THINKING,
        AFTER_CLOSE,
        SAYING
    }

    /**
     * A piece of an answer.
     *
     * @param thought may be empty
     * @param said may be empty
     */
    record Parts(String thought, String said) {}

    private final StringBuilder held = new StringBuilder();
    private State state;

    private ReasoningSplit(State state) {
        this.state = state;
    }

    /** The split of an answer to a prompt, which may end within the thoughts already. */
    static ReasoningSplit after(String prompt) {
        int open = prompt.lastIndexOf(OPEN);
        boolean thinking = open >= 0
                && prompt.lastIndexOf(CLOSE) < open
                && prompt.substring(open + OPEN.length()).isBlank();
        return new ReasoningSplit(thinking ? State.AFTER_OPEN : State.BEGINNING);
    }

    /** A text in which nothing is split. */
    static ReasoningSplit none() {
        return new ReasoningSplit(State.SAYING);
    }

    boolean thinks() {
        return state == State.AFTER_OPEN || state == State.THINKING;
    }

    /** What is certain with this text. */
    Parts accept(String text) {
        held.append(text);
        StringBuilder thought = new StringBuilder();
        StringBuilder said = new StringBuilder();
        while (step(thought, said)) {
            // each step moves on by one state
        }
        return new Parts(thought.toString(), said.toString());
    }

    /** What was still held back. */
    Parts finish() {
        String rest = held.toString();
        held.setLength(0);
        return switch (state) {
            case THINKING -> new Parts(rest, "");
            case BEGINNING, SAYING -> new Parts("", rest);
            case AFTER_OPEN, AFTER_CLOSE -> new Parts("", "");
        };
    }

    /** Takes from what is held what is certain; true where the state has changed and there may be more. */
    private boolean step(StringBuilder thought, StringBuilder said) {
        return switch (state) {
            case BEGINNING -> begin();
            case AFTER_OPEN -> skipBreaks(State.THINKING);
            case AFTER_CLOSE -> skipBreaks(State.SAYING);
            case THINKING -> think(thought);
            case SAYING -> {
                said.append(held);
                held.setLength(0);
                yield false;
            }
        };
    }

    private boolean begin() {
        String text = held.toString().stripLeading();
        if (text.startsWith(OPEN)) {
            held.delete(0, held.length() - text.length() + OPEN.length());
            state = State.AFTER_OPEN;
            return true;
        }
        if (OPEN.startsWith(text)) {
            return false;
        }
        state = State.SAYING;
        return true;
    }

    private boolean skipBreaks(State next) {
        int breaks = 0;
        while (breaks < held.length() && isBreak(held.charAt(breaks))) {
            breaks++;
        }
        held.delete(0, breaks);
        if (held.isEmpty()) {
            return false;
        }
        state = next;
        return true;
    }

    private boolean think(StringBuilder thought) {
        int close = held.indexOf(CLOSE);
        if (close >= 0) {
            thought.append(held, 0, withoutBreaks(close));
            held.delete(0, close + CLOSE.length());
            state = State.AFTER_CLOSE;
            return true;
        }
        int certain = withoutBreaks(held.length() - StopGate.overlap(held, CLOSE));
        thought.append(held, 0, certain);
        held.delete(0, certain);
        return false;
    }

    private int withoutBreaks(int end) {
        int length = end;
        while (length > 0 && isBreak(held.charAt(length - 1))) {
            length--;
        }
        return length;
    }

    private static boolean isBreak(char character) {
        return character == '\n' || character == '\r';
    }
}
