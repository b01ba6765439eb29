package io.gonkapulse.trackerpoller.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Protects against gzip bombs: fails when the uncompressed body exceeds the limit. */
final class LimitedInputStream extends FilterInputStream {

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
