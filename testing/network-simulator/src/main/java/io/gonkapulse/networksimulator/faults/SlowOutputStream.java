package io.gonkapulse.networksimulator.faults;

import io.gonkapulse.networksimulator.http.LoopbackExchange;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** Sends one byte at a time. */
final class SlowOutputStream extends FilterOutputStream {

    private static final Duration BYTE_INTERVAL = Duration.ofMillis(20);

    private final LoopbackExchange exchange;

    SlowOutputStream(OutputStream out, LoopbackExchange exchange) {
        super(out);
        this.exchange = exchange;
    }

    @Override
    public void write(int value) throws IOException {
        out.write(value);
        out.flush();
        if (exchange.awaitServerClose(BYTE_INTERVAL)) {
            throw new IOException("closed while sending slowly");
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int i = 0; i < length; i++) {
            write(bytes[offset + i]);
        }
    }
}
