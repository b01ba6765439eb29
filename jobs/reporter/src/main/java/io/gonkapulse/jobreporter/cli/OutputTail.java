package io.gonkapulse.jobreporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The end of an output, of which an event has space for some lines. Thread-safe. */
final class OutputTail {

    private static final int MAX_CHARACTERS = 4_000;

    /** A character takes up to four bytes. */
    private static final int MAX_BYTES = 4 * MAX_CHARACTERS;

    /** Colours and movements of the cursor. */
    private static final Pattern TERMINAL_COMMAND =
            Pattern.compile("\u001b(\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001b]*(\u0007|\u001b\\\\)?|[@-Z\\\\-_])");

    private static final Pattern OTHER_CONTROL = Pattern.compile("[\\p{Cc}&&[^\n\t]]");

    private final byte[] bytes = new byte[2 * MAX_BYTES];
    private int length;
    private long total;

    synchronized void append(byte[] output, int n) {
        total += n;
        int from = Math.max(0, n - MAX_BYTES);
        int added = n - from;
        if (length + added > bytes.length) {
            System.arraycopy(bytes, length - MAX_BYTES, bytes, 0, MAX_BYTES);
            length = MAX_BYTES;
        }
        System.arraycopy(output, from, bytes, length, added);
        length += added;
    }

    /** Bytes of the whole output. */
    synchronized long total() {
        return total;
    }

    /** At most 4,000 characters of whole lines, without commands to a terminal; null if there was no output. */
    @Nullable
    String text() {
        String text = clean(end()).strip();
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

    private synchronized String end() {
        return new String(bytes, Math.max(0, length - MAX_BYTES), Math.min(length, MAX_BYTES), UTF_8);
    }

    private static String clean(String output) {
        String text = TERMINAL_COMMAND.matcher(output).replaceAll("").replaceAll("\\r\n?", "\n");
        return OTHER_CONTROL.matcher(text).replaceAll("\uFFFD");
    }

    @Nullable
    String lastLine() {
        String text = text();
        return text == null ? null : text.substring(text.lastIndexOf('\n') + 1).strip();
    }
}
