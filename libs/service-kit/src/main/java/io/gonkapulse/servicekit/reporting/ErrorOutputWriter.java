package io.gonkapulse.servicekit.reporting;

import java.io.IOException;
import java.io.Writer;

/** Passes the error output of a command on, and keeps its end. Thread-safe, as every writer is by its lock. */
final class ErrorOutputWriter extends Writer {

    private static final int MAX_CHARACTERS = 4_000;

    private final Writer target;
    private final StringBuilder end = new StringBuilder();

    ErrorOutputWriter(Writer target) {
        super(target);
        this.target = target;
    }

    @Override
    public void write(char[] characters, int from, int length) throws IOException {
        synchronized (lock) {
            target.write(characters, from, length);
            end.append(characters, from, length);
            if (end.length() > 2 * MAX_CHARACTERS) {
                end.delete(0, end.length() - MAX_CHARACTERS);
            }
        }
    }

    @Override
    public void flush() throws IOException {
        target.flush();
    }

    /** It is not ours. */
    @Override
    public void close() throws IOException {
        flush();
    }

    /** The newest characters. */
    String end() {
        synchronized (lock) {
            return end.substring(Math.max(0, end.length() - MAX_CHARACTERS)).strip();
        }
    }
}
