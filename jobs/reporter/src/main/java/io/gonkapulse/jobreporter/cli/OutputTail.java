package io.gonkapulse.jobreporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The end of an output, of which an event has space for some lines. Thread-safe. */
final class OutputTail {

    private static final int MAX_CHARACTERS = 4_000;

    /** A character takes up to four bytes. */
    private static final int MAX_BYTES = 4 * MAX_CHARACTERS;

    private final byte[] bytes = new byte[2 * MAX_BYTES];
    private int length;

    synchronized void append(byte[] output, int n) {
        int from = Math.max(0, n - MAX_BYTES);
        int added = n - from;
        if (length + added > bytes.length) {
            System.arraycopy(bytes, length - MAX_BYTES, bytes, 0, MAX_BYTES);
            length = MAX_BYTES;
        }
        System.arraycopy(output, from, bytes, length, added);
        length += added;
    }

    /** At most 4,000 characters of whole lines; null if there was no output. */
    synchronized @Nullable String text() {
        String text = new String(Arrays.copyOfRange(bytes, Math.max(0, length - MAX_BYTES), length), UTF_8).strip();
        if (text.isEmpty()) {
            return null;
        }
        if (text.length() <= MAX_CHARACTERS) {
            return text;
        }
        String tail = text.substring(text.length() - MAX_CHARACTERS);
        int lineEnd = tail.indexOf('\n');
        return lineEnd < 0 ? tail : tail.substring(lineEnd + 1);
    }

    @Nullable
    String lastLine() {
        String text = text();
        return text == null ? null : text.substring(text.lastIndexOf('\n') + 1).strip();
    }
}
