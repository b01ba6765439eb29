package io.gonkapulse.servicekit.settings;

/** An invalid or missing setting. The message is one line: the setting and what was expected, without secrets. */
public final class SettingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SettingException(String message) {
        super(message);
    }
}
