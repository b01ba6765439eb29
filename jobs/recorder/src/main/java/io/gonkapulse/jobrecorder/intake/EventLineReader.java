package io.gonkapulse.jobrecorder.intake;

import io.gonkapulse.contracts.job.JobLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** Splits a body into lines while it arrives. For one request. */
final class EventLineReader {

    static final int MAX_LINES = 10_000;

    private static final int CHUNK_BYTES = 16 << 10;

    private final LineConsumer lines;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int number;

    EventLineReader(LineConsumer lines) {
        this.lines = lines;
    }

    /** Passes on each line that is not blank. */
    void read(InputStream body) throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        for (int length = body.read(chunk); length >= 0; length = body.read(chunk)) {
            int from = 0;
            for (int i = 0; i < length; i++) {
                if (chunk[i] == '\n') {
                    append(chunk, from, i);
                    endLine();
                    from = i + 1;
                }
            }
            append(chunk, from, length);
        }
        if (line.size() > 0) {
            endLine();
        }
    }

    private void append(byte[] chunk, int from, int to) {
        if (line.size() + to - from > JobLimits.MAX_EVENT_BYTES) {
            throw IntakeException.of(
                    IntakeProblem.LINE_TOO_LARGE,
                    "Line " + (number + 1) + " is larger than 64 kB (" + JobLimits.MAX_EVENT_BYTES + " bytes)",
                    Map.of("line", number + 1));
        }
        line.write(chunk, from, to - from);
    }

    private void endLine() {
        number++;
        if (number > MAX_LINES) {
            throw IntakeException.of(
                    IntakeProblem.TOO_MANY_LINES, "The body has more than 10,000 lines; send them in several requests");
        }
        byte[] bytes = line.toByteArray();
        line.reset();
        if (!isBlank(bytes)) {
            lines.accept(number, bytes);
        }
    }

    private static boolean isBlank(byte[] bytes) {
        for (byte value : bytes) {
            if (value != ' ' && value != '\t' && value != '\r') {
                return false;
            }
        }
        return true;
    }

    /** Receives the lines, counted from 1. */
    interface LineConsumer {

        void accept(int number, byte[] line);
    }
}
