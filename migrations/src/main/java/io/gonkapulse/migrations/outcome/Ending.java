package io.gonkapulse.migrations.outcome;

/** The exit codes that scripts rely on. */
public enum Ending {
    DONE(0),
    FAILED(1),
    MISCONFIGURED(2),
    REFUSED(3);

    private final int exitCode;

    Ending(int exitCode) {
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
