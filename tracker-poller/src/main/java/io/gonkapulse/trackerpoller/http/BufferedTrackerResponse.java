package io.gonkapulse.trackerpoller.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
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
}
