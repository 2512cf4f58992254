package dev.tempo.model.device;

/** A device that was asked for and cannot be used. The message says what to do. */
public final class DeviceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DeviceException(String message) {
        super(message);
    }

    DeviceException(String message, Throwable cause) {
        super(message, cause);
    }
}
