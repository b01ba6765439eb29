package io.gonkapulse.testkit.network.fault;

import io.gonkapulse.testkit.network.http.Exchange;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Cuts the connection after the first bytes of a body. */
final class ResettingStream extends FilterOutputStream {

    private static final int BYTES_BEFORE = 1_000;

    private final Exchange exchange;

    ResettingStream(OutputStream out, Exchange exchange) {
        super(out);
        this.exchange = exchange;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, Math.min(length, BYTES_BEFORE));
        cut();
    }

    @Override
    public void close() throws IOException {
        cut();
    }

    private void cut() throws IOException {
        out.flush();
        exchange.reset();
        throw new IOException("reset on purpose");
    }
}
