package io.gonkapulse.networksimulator.faults;

import io.gonkapulse.networksimulator.http.LoopbackExchange;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;

/** Injects faults into the bytes of a body and into their transport. */
public final class BodyFaults {

    private BodyFaults() {}

    /** Wraps the uncompressed document. */
    public static OutputStream wrapDocument(OutputStream out, Collection<EndpointFault> faults) {
        OutputStream faulty = faults.contains(EndpointFault.SEVERAL_MEGABYTES) ? new PaddedOutputStream(out) : out;
        faulty = faults.contains(EndpointFault.INVALID_UTF8) ? new InvalidUtf8OutputStream(faulty) : faulty;
        faulty = faults.contains(EndpointFault.TRUNCATED_JSON) ? new TruncatingOutputStream(faulty) : faulty;
        return faults.contains(EndpointFault.ENDLESS_BODY) ? new EndlessOutputStream(faulty) : faulty;
    }

    /** Wraps the compressed stream to the client. */
    public static OutputStream wrapTransport(
            OutputStream out, LoopbackExchange exchange, Collection<EndpointFault> faults) {
        OutputStream faulty = faults.contains(EndpointFault.SLOW_BODY) ? new SlowOutputStream(out, exchange) : out;
        return faults.contains(EndpointFault.RESET_MID_BODY)
                ? new ConnectionResetOutputStream(faulty, exchange)
                : faulty;
    }

    /** Appends megabytes of white space to a document. */
    private static final class PaddedOutputStream extends FilterOutputStream {

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

    /** Inserts a byte that is invalid in UTF-8 into the first string value. */
    private static final class InvalidUtf8OutputStream extends FilterOutputStream {

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

    /** Withholds the last bytes, so that the output is never complete. */
    private static class TruncatingOutputStream extends FilterOutputStream {

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

    /** Sends spaces instead of the end of the document, until the connection closes. */
    private static final class EndlessOutputStream extends TruncatingOutputStream {

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

    /** Sends one byte at a time. */
    private static final class SlowOutputStream extends FilterOutputStream {

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

    /** Resets the connection after the first bytes of a body. */
    private static final class ConnectionResetOutputStream extends FilterOutputStream {

        /** The client has begun to parse by then. */
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
}
