package io.gonkapulse.networksimulator.faults;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Withholds the last bytes, so that the output is never complete. */
class TruncatingOutputStream extends FilterOutputStream {

    private final byte[] tail = new byte[16];
    private long written;

    TruncatingOutputStream(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int value) throws IOException {
        int place = (int) (written % tail.length);
        if (written >= tail.length) {
            out.write(tail[place]);
        }
        tail[place] = (byte) value;
        written++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int i = 0; i < length; i++) {
            write(bytes[offset + i]);
        }
    }
}
