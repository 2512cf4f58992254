package dev.tempo.model.device;

import dev.tempo.contract.UserException;

/** The device that was asked for cannot be used; the message says what to do. */
public final class DeviceException extends UserException {
    private static final long serialVersionUID = 1;

    DeviceException(String message) {
        super(message);
    }

    DeviceException(String message, Throwable cause) {
        super(message, cause);
    }
}
