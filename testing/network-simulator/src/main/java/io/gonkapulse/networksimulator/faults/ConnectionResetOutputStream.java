package io.gonkapulse.networksimulator.faults;

import io.gonkapulse.networksimulator.http.LoopbackExchange;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Resets the connection after the first bytes of a body. */
final class ConnectionResetOutputStream extends FilterOutputStream {

    private static final int BYTES_BEFORE = 1_000;

    private final LoopbackExchange exchange;

    ConnectionResetOutputStream(OutputStream out, LoopbackExchange exchange) {
        super(out);
        this.exchange = exchange;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, Math.min(length, BYTES_BEFORE));
        resetConnection();
    }

    @Override
    public void close() throws IOException {
        resetConnection();
    }

    private void resetConnection() throws IOException {
        out.flush();
        exchange.resetConnection();
        throw new IOException("reset by an injected fault");
    }
}
