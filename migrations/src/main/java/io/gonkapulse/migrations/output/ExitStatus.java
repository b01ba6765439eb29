package io.gonkapulse.migrations.output;

/** Exit codes that scripts rely on. */
public enum ExitStatus {
    DONE(0),
    FAILED(1),
    MISCONFIGURED(2),
    REFUSED(3);

    private final int exitCode;

    ExitStatus(int exitCode) {
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
