package dev.tempo.model.device;

import dev.tempo.contract.UserException;

/** A device that was asked for and cannot be used. The message says what to do. */
public final class DeviceException extends UserException {
    private static final long serialVersionUID = 1;

    DeviceException(String message) {
        super(message);
    }

    DeviceException(String message, Throwable cause) {
        super(message, cause);
    }
}
