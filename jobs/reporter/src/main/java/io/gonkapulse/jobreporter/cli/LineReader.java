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
    private static final int BUFFER_BYTES = 64 * 1024;

    private final InputStream input;
    private final int maxBytes;
    private final Pause pause;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private long number;

    /** Called when the input has nothing to read now. */
    interface Pause {
        void begin() throws IOException, InterruptedException;
    }

    LineReader(InputStream input, int maxBytes, Pause pause) {
        this.input = input;
        this.maxBytes = maxBytes;
        this.pause = pause;
    }

    /** The number of the line that {@link #next} returned or refused, from 1 on. */
    long number() {
        return number;
    }

    /** Skips empty lines; null at the end. Refuses a long line, after which it can be called again. */
    byte @Nullable [] next() throws IOException, InterruptedException {
        int first = read();
        while (first != END) {
            number++;
            byte[] line = readLine(first);
            if (!isBlank(line)) {
                return line;
            }
            first = read();
        }
        return null;
    }

    private byte[] readLine(int first) throws IOException, InterruptedException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean isTooLong = false;
        for (int next = first; next != '\n' && next != END; next = read()) {
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

    private int read() throws IOException, InterruptedException {
        if (position == limit) {
            if (input.available() == 0) {
                pause.begin();
            }
            position = 0;
            limit = Math.max(0, input.read(buffer));
            if (limit == 0) {
                return END;
            }
        }
        return buffer[position++] & 0xff;
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
