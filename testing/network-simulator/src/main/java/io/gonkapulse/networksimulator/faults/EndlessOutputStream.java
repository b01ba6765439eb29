package io.gonkapulse.networksimulator.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Sends spaces instead of the end of the document, until the connection closes. */
final class EndlessOutputStream extends TruncatingOutputStream {

    private static final byte[] SPACES = " ".repeat(8_192).getBytes(StandardCharsets.US_ASCII);

    EndlessOutputStream(OutputStream out) {
        super(out);
    }

    /** @throws IOException always, once the client or the server closes the connection */
    @Override
    @SuppressWarnings("InfiniteLoopStatement")
    public void close() throws IOException {
        while (true) {
            out.write(SPACES);
        }
    }
}
