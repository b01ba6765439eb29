package io.gonkapulse.servicekit.reporting;

import java.io.IOException;
import java.io.Writer;

/** Passes the error output of a command on, and keeps its end. Thread-safe, as every writer is by its lock. */
final class ErrorOutputWriter extends Writer {

    private static final int MAX_CHARACTERS = 4_000;

    /** Masking makes texts shorter, and needs whole lines. */
    private static final int MAX_UNMASKED = 16 * MAX_CHARACTERS;

    private final Writer target;
    private final StringBuilder end = new StringBuilder();
    private boolean cut;

    ErrorOutputWriter(Writer target) {
        super(target);
        this.target = target;
    }

    @Override
    public void write(char[] characters, int from, int length) throws IOException {
        synchronized (lock) {
            target.write(characters, from, length);
            end.append(characters, from, length);
            if (end.length() > 2 * MAX_UNMASKED) {
                end.delete(0, end.length() - MAX_UNMASKED);
                cut = true;
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

    /** The newest characters, without secrets. */
    String end(SecretMasker masker) {
        String masked = masker.mask(wholeLines());
        return masked.substring(Math.max(0, masked.length() - MAX_CHARACTERS)).strip();
    }

    /** The first line may begin within a secret, which nothing would recognize. */
    private String wholeLines() {
        synchronized (lock) {
            int lineEnd = end.indexOf("\n");
            return !cut ? end.toString() : lineEnd < 0 ? "" : end.substring(lineEnd);
        }
    }
}
