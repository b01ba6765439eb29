package io.gonkapulse.testkit.network.fault;

import io.gonkapulse.testkit.network.http.Exchange;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** Lets one byte out at a time. */
final class DrippingStream extends FilterOutputStream {

    private static final Duration BETWEEN_DROPS = Duration.ofMillis(20);

    private final Exchange exchange;

    DrippingStream(OutputStream out, Exchange exchange) {
        super(out);
        this.exchange = exchange;
    }

    @Override
    public void write(int value) throws IOException {
        out.write(value);
        out.flush();
        if (exchange.closesWithin(BETWEEN_DROPS)) {
            throw new IOException("closed while dripping");
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int i = 0; i < length; i++) {
            write(bytes[offset + i]);
        }
    }
}
