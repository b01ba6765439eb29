package io.gonkapulse.benchmarks.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.Locale;

/**
 * Parses one response incrementally and detects its end. It does no more work than that, because the load generator
 * shares the machine with the gateway.
 */
final class HttpResponseParser {

    private static final int STATUS_AT = 9;
    private static final int CHUNKED = -1;

    private byte[] bytes = new byte[64 * 1024];
    private int byteCount;
    private int bodyStart;
    private int bodyLength;
    private int chunkStart;
    private String head = "";

    /** Prepares for the next response and keeps the buffer. */
    void reset() {
        byteCount = 0;
        bodyStart = 0;
        head = "";
    }

    void append(byte[] more, int count) {
        if (byteCount + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * (byteCount + count));
        }
        System.arraycopy(more, 0, bytes, byteCount, count);
        byteCount += count;
    }

    /** Whether the whole response has arrived. Status and headers are available from then on. */
    boolean isComplete() {
        if (bodyStart == 0 && !parseHead()) {
            return false;
        }
        return bodyLength == CHUNKED ? parseChunks() : byteCount >= bodyStart + bodyLength;
    }

    int status() {
        return Integer.parseInt(head.substring(STATUS_AT, STATUS_AT + 3));
    }

    /** Returns the header's value, or an empty string. */
    String header(String name) {
        String line = "\r\n" + name + ": ";
        int at = head.toLowerCase(Locale.ROOT).indexOf(line);
        return at < 0 ? "" : head.substring(at + line.length(), head.indexOf("\r\n", at + line.length()));
    }

    /** Finds the empty line at the end of the head. Called again for each arriving part until it succeeds. */
    private boolean parseHead() {
        for (int at = 3; at < byteCount; at++) {
            if (bytes[at] == '\n' && bytes[at - 1] == '\r' && bytes[at - 2] == '\n') {
                bodyStart = at + 1;
                chunkStart = bodyStart;
                head = new String(bytes, 0, bodyStart, ISO_8859_1);
                bodyLength = parseBodyLength();
                return true;
            }
        }
        return false;
    }

    private int parseBodyLength() {
        if (status() == 304) {
            return 0;
        }
        String contentLength = header("content-length");
        return contentLength.isEmpty() ? CHUNKED : Integer.parseInt(contentLength);
    }

    /** Skips complete chunks and keeps its position, so that a large response is scanned once. */
    private boolean parseChunks() {
        for (int lineEnd = lineEnd(chunkStart); lineEnd > 0; lineEnd = lineEnd(chunkStart)) {
            int size = Integer.parseInt(new String(bytes, chunkStart, lineEnd - 1 - chunkStart, ISO_8859_1), 16);
            int next = lineEnd + 1 + size + 2;
            if (next > byteCount) {
                return false;
            }
            if (size == 0) {
                return true;
            }
            chunkStart = next;
        }
        return false;
    }

    private int lineEnd(int from) {
        for (int at = from; at < byteCount; at++) {
            if (bytes[at] == '\n') {
                return at;
            }
        }
        return -1;
    }
}
