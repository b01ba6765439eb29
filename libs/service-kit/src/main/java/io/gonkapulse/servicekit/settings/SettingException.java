package io.gonkapulse.servicekit.settings;

/** A setting is wrong or missing. The message is one line that names it, says what was expected, and holds no secret. */
public final class SettingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SettingException(String message) {
        super(message);
    }
}
