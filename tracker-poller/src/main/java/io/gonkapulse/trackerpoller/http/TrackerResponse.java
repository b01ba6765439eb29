package io.gonkapulse.trackerpoller.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * A completely received response of any status. Large bodies are in a temporary file, not on the heap, and can be read
 * several times until {@link #close}. Not thread-safe.
 */
public final class TrackerResponse implements AutoCloseable {

    /** Large, because the body may be a file. */
    private static final int READ_BUFFER_BYTES = 1 << 16;

    /** A longer Retry-After is a mistake or a block; an hour is enough either way. */
    private static final Duration MAX_RETRY_AFTER = Duration.ofHours(1);

    private final int status;
    private final HttpHeaders headers;
    private final ResponseBuffer body;
    private final Instant arrivedAt;
    private final boolean keepsBody;
    private long uncompressed;

    TrackerResponse(int status, HttpHeaders headers, ResponseBuffer body, Instant arrivedAt) {
        this(status, headers, body, arrivedAt, false);
    }

    private TrackerResponse(
            int status, HttpHeaders headers, ResponseBuffer body, Instant arrivedAt, boolean keepsBody) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.arrivedAt = arrivedAt;
        this.keepsBody = keepsBody;
    }

    /** The same response for one more reader, whose {@link #close} keeps the body. */
    public TrackerResponse shared(Instant arrival) {
        return new TrackerResponse(status, headers, body, arrival, true);
    }

    int status() {
        return status;
    }

    Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** When the last byte arrived, or when the server confirmed the cached body. */
    public Instant arrivedAt() {
        return arrivedAt;
    }

    /** The uncompressed body from its beginning; each call opens a new stream. */
    public InputStream open() throws IOException {
        boolean gzip = header("content-encoding")
                .filter(encoding -> encoding.equalsIgnoreCase("gzip") || encoding.equalsIgnoreCase("x-gzip"))
                .isPresent();
        return gzip ? new LimitedInputStream(new GZIPInputStream(body.open(), READ_BUFFER_BYTES)) : body.open();
    }

    /** In bytes: received or uncompressed so far, whichever is larger. */
    public long length() {
        return Math.max(body.size(), uncompressed);
    }

    /** Proxies often send web pages with status 200. Checks the first character only; the parser checks the rest. */
    boolean looksLikeJson() throws IOException {
        boolean html = header("content-type")
                .filter(type -> type.toLowerCase(Locale.ROOT).contains("html"))
                .isPresent();
        if (html || body.size() == 0) {
            return false;
        }
        try (InputStream in = open()) {
            int first = in.read();
            while (first == ' ' || first == '\t' || first == '\r' || first == '\n') {
                first = in.read();
            }
            return first == '{' || first == '[';
        }
    }

    /** The header Retry-After: seconds or an HTTP date. */
    Optional<Duration> retryAfter() {
        return header("retry-after")
                .map(String::strip)
                .flatMap(text -> text.matches("\\d{1,9}")
                        ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
                        : timeUntil(text))
                .map(wait -> wait.compareTo(MAX_RETRY_AFTER) < 0 ? wait : MAX_RETRY_AFTER)
                .filter(wait -> !wait.isNegative());
    }

    private Optional<Duration> timeUntil(String date) {
        try {
            Instant then = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(Duration.between(arrivedAt, then));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Deletes the temporary file, if there is one. */
    @Override
    public void close() {
        if (!keepsBody) {
            body.close();
        }
    }

    /** Protects against gzip bombs: fails when the uncompressed body exceeds the limit. */
    private final class LimitedInputStream extends FilterInputStream {

        private long bytesRead;

        LimitedInputStream(InputStream in) {
            super(in);
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

        /** Keeps the maximum, because the body can be read several times. */
        private void count(int bytes) {
            bytesRead += bytes;
            uncompressed = Math.max(uncompressed, bytesRead);
            if (bytesRead > body.limit()) {
                throw TrackerRequestException.of(
                        TrackerRequestException.RequestFailureReason.TOO_LONG,
                        "the uncompressed body is longer than " + body.limit() + " bytes, the limit");
            }
        }
    }
}
