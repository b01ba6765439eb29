package io.gonkapulse.trackerpoller.site;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.zip.GZIPInputStream;

/** A body as it came. */
final class SpooledAnswer implements Answer {

    /** Of what may be a file. */
    private static final int READ_AT_A_TIME = 1 << 16;

    private final Spool spool;
    private final boolean gzip;
    private final long limit;
    private final Instant arrivedAt;
    private final boolean closing;
    private long uncompressed;

    /** @param closing false for a body that is kept to be given again */
    SpooledAnswer(Spool spool, boolean gzip, long limit, Instant arrivedAt, boolean closing) {
        this.spool = spool;
        this.gzip = gzip;
        this.limit = limit;
        this.arrivedAt = arrivedAt;
        this.closing = closing;
    }

    @Override
    public Instant arrivedAt() {
        return arrivedAt;
    }

    @Override
    public InputStream open() throws IOException {
        return gzip
                ? new BoundedStream(new GZIPInputStream(spool.open(), READ_AT_A_TIME), limit, this::wasRead)
                : spool.open();
    }

    private void wasRead(long bytes) {
        uncompressed = Math.max(uncompressed, bytes);
    }

    @Override
    public long length() {
        return Math.max(spool.size(), uncompressed);
    }

    @Override
    public void close() {
        if (closing) {
            spool.close();
        }
    }
}
