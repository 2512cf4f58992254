package dev.tempo.eval.tracking;

/** A call to MLflow that came to nothing; the message says why in words that hold no secret. */
final class MlflowException extends Exception {
    private static final long serialVersionUID = 1;

    /** MLflow's own name of the error; empty where it gave none. */
    private final String code;

    MlflowException(String message, String code) {
        super(message);
        this.code = code;
    }

    boolean is(String error) {
        return code.equals(error);
    }

    /** What went wrong. */
    String words() {
        return String.valueOf(getMessage());
    }
}
