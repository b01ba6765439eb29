package io.gonkapulse.networksimulator.faults;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Inserts a byte that is invalid in UTF-8 into the first string value. */
final class InvalidUtf8OutputStream extends FilterOutputStream {

    private static final int NEVER_IN_UTF8 = 0xff;

    private int previous;
    private boolean done;

    InvalidUtf8OutputStream(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int value) throws IOException {
        out.write(value);
        if (!done && previous == ':' && value == '"') {
            out.write(NEVER_IN_UTF8);
            done = true;
        }
        previous = value;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int i = 0; i < length; i++) {
            write(bytes[offset + i]);
        }
    }
}
