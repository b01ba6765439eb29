package io.gonkapulse.jobreporter.cli;

import io.gonkapulse.contracts.json.UndecodableMessageException;
import io.gonkapulse.contracts.json.UndecodableMessageException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads lines of limited length. */
final class LineReader {

    private static final int END = -1;

    private final InputStream input;
    private final int maxBytes;
    private long number;

    /** @param input buffered */
    LineReader(InputStream input, int maxBytes) {
        this.input = input;
        this.maxBytes = maxBytes;
    }

    /** The number of the line that {@link #next} returned or refused, from 1 on. */
    long number() {
        return number;
    }

    /** Skips empty lines; null at the end. Refuses a long line, after which it can be called again. */
    byte @Nullable [] next() throws IOException {
        int first = input.read();
        while (first != END) {
            number++;
            byte[] line = readLine(first);
            if (!isBlank(line)) {
                return line;
            }
            first = input.read();
        }
        return null;
    }

    private byte[] readLine(int first) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean isTooLong = false;
        for (int next = first; next != '\n' && next != END; next = input.read()) {
            isTooLong |= line.size() == maxBytes;
            if (!isTooLong) {
                line.write(next);
            }
        }
        if (isTooLong) {
            throw new UndecodableMessageException(
                    Reason.OUT_OF_BOUNDS, "Expected at most " + maxBytes + " bytes, got more", null);
        }
        return line.toByteArray();
    }

    private static boolean isBlank(byte[] line) {
        for (byte character : line) {
            if (character != ' ' && character != '\t' && character != '\r') {
                return false;
            }
        }
        return true;
    }
}
