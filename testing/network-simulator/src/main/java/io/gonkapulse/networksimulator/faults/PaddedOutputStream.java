package io.gonkapulse.networksimulator.faults;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Appends megabytes of white space to a document. */
final class PaddedOutputStream extends FilterOutputStream {

    private static final byte[] KIBIBYTE = "\n".repeat(1_024).getBytes(StandardCharsets.US_ASCII);
    private static final int KIBIBYTES = 4_096;

    PaddedOutputStream(OutputStream out) {
        super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
        for (int i = 0; i < KIBIBYTES; i++) {
            out.write(KIBIBYTE);
        }
        super.close();
    }
}
