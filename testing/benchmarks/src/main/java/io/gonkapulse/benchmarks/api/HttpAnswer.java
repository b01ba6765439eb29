package io.gonkapulse.benchmarks.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.Locale;

/** What has come of one answer so far; knows when it is whole, and reads no more of it than that takes. */
final class HttpAnswer {

    private static final int STATUS_AT = 9;
    private static final int CHUNKED = -1;

    private byte[] bytes = new byte[64 * 1024];
    private int filled;
    private int bodyAt;
    private int length;
    private int chunkAt;
    private String head = "";

    void clear() {
        filled = 0;
        bodyAt = 0;
        head = "";
    }

    void add(byte[] more, int count) {
        if (filled + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * (filled + count));
        }
        System.arraycopy(more, 0, bytes, filled, count);
        filled += count;
    }

    boolean whole() {
        if (bodyAt == 0 && !headCame()) {
            return false;
        }
        return length == CHUNKED ? lastChunkCame() : filled >= bodyAt + length;
    }

    int status() {
        return Integer.parseInt(head.substring(STATUS_AT, STATUS_AT + 3));
    }

    /** Empty if there is none. */
    String header(String name) {
        String line = "\r\n" + name + ": ";
        int at = head.toLowerCase(Locale.ROOT).indexOf(line);
        return at < 0 ? "" : head.substring(at + line.length(), head.indexOf("\r\n", at + line.length()));
    }

    private boolean headCame() {
        for (int at = 3; at < filled; at++) {
            if (bytes[at] == '\n' && bytes[at - 1] == '\r' && bytes[at - 2] == '\n') {
                bodyAt = at + 1;
                chunkAt = bodyAt;
                head = new String(bytes, 0, bodyAt, ISO_8859_1);
                length = lengthOfBody();
                return true;
            }
        }
        return false;
    }

    private int lengthOfBody() {
        if (status() == 304) {
            return 0;
        }
        String told = header("content-length");
        return told.isEmpty() ? CHUNKED : Integer.parseInt(told);
    }

    private boolean lastChunkCame() {
        for (int lineEnd = lineEnd(chunkAt); lineEnd > 0; lineEnd = lineEnd(chunkAt)) {
            int size = Integer.parseInt(new String(bytes, chunkAt, lineEnd - 1 - chunkAt, ISO_8859_1), 16);
            int next = lineEnd + 1 + size + 2;
            if (next > filled) {
                return false;
            }
            if (size == 0) {
                return true;
            }
            chunkAt = next;
        }
        return false;
    }

    private int lineEnd(int from) {
        for (int at = from; at < filled; at++) {
            if (bytes[at] == '\n') {
                return at;
            }
        }
        return -1;
    }
}
