package io.gonkapulse.trackerpoller.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;

/** A response whose body is in a {@link ResponseBuffer}. */
final class BufferedTrackerResponse implements TrackerResponse {

    /** Large, because the buffer may be a file. */
    private static final int READ_BUFFER_BYTES = 1 << 16;

    private final ResponseBuffer buffer;
    private final boolean gzip;
    private final long limit;
    private final Instant arrivedAt;
    private final boolean closesBuffer;
    private long uncompressed;

    /** @param closing false for a body that stays in the cache */
    BufferedTrackerResponse(ResponseBuffer spool, boolean gzip, long limit, Instant arrivedAt, boolean closing) {
        this.buffer = spool;
        this.gzip = gzip;
        this.limit = limit;
        this.arrivedAt = arrivedAt;
        this.closesBuffer = closing;
    }

    @Override
    public Instant arrivedAt() {
        return arrivedAt;
    }

    @Override
    public InputStream open() throws IOException {
        return gzip
                ? new LimitedInputStream(
                        new GZIPInputStream(buffer.open(), READ_BUFFER_BYTES), limit, this::recordBytesRead)
                : buffer.open();
    }

    /** Keeps the maximum, because the body can be read several times. */
    private void recordBytesRead(long bytes) {
        uncompressed = Math.max(uncompressed, bytes);
    }

    @Override
    public long length() {
        return Math.max(buffer.size(), uncompressed);
    }

    @Override
    public void close() {
        if (closesBuffer) {
            buffer.close();
        }
    }

    /** Protects against gzip bombs: fails when the uncompressed body exceeds the limit. */
    private static final class LimitedInputStream extends FilterInputStream {

        private final long limit;
        private final LongConsumer progress;
        private long bytesRead;

        /** @param progress receives the number of bytes read so far */
        LimitedInputStream(InputStream in, long limit, LongConsumer progress) {
            super(in);
            this.limit = limit;
            this.progress = progress;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] to, int from, int length) throws IOException {
            int read = super.read(to, from, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int bytes) {
            bytesRead += bytes;
            progress.accept(bytesRead);
            if (bytesRead > limit) {
                throw TrackerRequestException.of(
                        TrackerRequestException.RequestFailureReason.TOO_LONG,
                        "the uncompressed body is longer than " + limit + " bytes, the limit");
            }
        }
    }
}
