package io.gonkapulse.jobrecorder.intake;

import jakarta.servlet.http.HttpServletRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.springframework.http.HttpHeaders;

/** The body of a request, with limits on its size and on the time spent waiting for it. */
final class LimitedBodyStream extends FilterInputStream {

    static final int MAX_BYTES = 5 << 20;

    private static final int CHUNK_BYTES = 16 << 10;
    private static final String TOO_LARGE =
            "The body is larger than 5 MB (" + MAX_BYTES + " bytes, uncompressed); send its lines in several requests";

    private final Duration timeout;
    private long count;
    private long waitedNanos;

    private LimitedBodyStream(InputStream in, Duration timeout) {
        super(in);
        this.timeout = timeout;
    }

    /** Uncompresses the body if necessary. Both sizes are limited: a small body can be empty text for ever. */
    static InputStream open(HttpServletRequest request, Duration timeout) throws IOException {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        boolean isGzip =
                encoding != null && encoding.strip().toLowerCase(Locale.ROOT).matches("(x-)?gzip");
        if (encoding != null && !isGzip && !encoding.strip().equalsIgnoreCase("identity")) {
            throw IntakeException.of(
                    IntakeProblem.UNSUPPORTED_MEDIA_TYPE, "Content-Encoding: expected gzip or none, got another");
        }
        if (request.getContentLengthLong() > MAX_BYTES) {
            throw IntakeException.of(IntakeProblem.BODY_TOO_LARGE, TOO_LARGE);
        }
        InputStream sent = new LimitedBodyStream(request.getInputStream(), timeout);
        return isGzip ? new LimitedBodyStream(new GZIPInputStream(sent, CHUNK_BYTES), timeout) : sent;
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        long before = System.nanoTime();
        int read = super.read(bytes, offset, Math.min(length, CHUNK_BYTES));
        waitedNanos += System.nanoTime() - before;
        if (waitedNanos > timeout.toNanos()) {
            throw IntakeException.of(
                    IntakeProblem.SLOW_REQUEST, "The body took longer than " + timeout.toMillis() + " ms");
        }
        count += Math.max(0, read);
        if (count > MAX_BYTES) {
            throw IntakeException.of(IntakeProblem.BODY_TOO_LARGE, TOO_LARGE);
        }
        return read;
    }

    /** Each byte must pass the limit. */
    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public long skip(long bytes) throws IOException {
        return Math.max(0, read(new byte[(int) Math.min(bytes, CHUNK_BYTES)]));
    }
}
