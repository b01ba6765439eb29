package io.gonkapulse.trackerpoller.http;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.trackerpoller.http.TrackerRequestException.RequestFailureReason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Receives a body up to a limit: small ones stay in memory, large ones move to a temporary file. So the heap never
 * holds a large body. Thread-safe, because a cancelled exchange may still deliver bytes.
 */
final class ResponseBuffer implements AutoCloseable {

    /** The process id shows an operator whose file it is after the process was killed. */
    static final String PREFIX = "answer-" + ProcessHandle.current().pid() + "-";

    private final int maxMemoryBytes;
    private final long limit;
    private MemoryBuffer memory = new MemoryBuffer();
    private @Nullable Path file;
    private @Nullable OutputStream fileOutput;
    private long size;
    private boolean closed;
    private volatile long lastReceivedNanos = System.nanoTime();

    /** @param limit of the body in bytes, compressed and uncompressed */
    ResponseBuffer(int maxMemoryBytes, long limit) {
        this.maxMemoryBytes = maxMemoryBytes;
        this.limit = limit;
    }

    long limit() {
        return limit;
    }

    BodySubscriber<ResponseBuffer> subscriber() {
        return new BodyReceiver();
    }

    /** For how long nothing was received. */
    Duration idleTime() {
        return Duration.ofNanos(System.nanoTime() - lastReceivedNanos);
    }

    /** Ignores bytes after {@link #close}: the HTTP client may deliver some after a cancellation. */
    synchronized void write(ByteBuffer bytes) throws IOException {
        if (closed) {
            return;
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        size += copy.length;
        if (fileOutput == null && size > maxMemoryBytes) {
            fileOutput = moveToFile();
        }
        if (fileOutput == null) {
            memory.writeBytes(copy);
        } else {
            fileOutput.write(copy);
        }
    }

    private synchronized void complete() throws IOException {
        if (fileOutput != null) {
            fileOutput.close();
        }
    }

    synchronized long size() {
        return size;
    }

    synchronized InputStream open() throws IOException {
        if (closed) {
            throw new IOException("The response is closed");
        }
        return file == null ? memory.open() : Files.newInputStream(file);
    }

    @Override
    public synchronized void close() {
        closed = true;
        memory = new MemoryBuffer();
        try {
            complete();
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // A leftover temporary file does no harm.
        }
    }

    /** Writes what was received so far; later bytes go to the file directly. */
    private OutputStream moveToFile() throws IOException {
        Path spooled = Files.createTempFile(PREFIX, ".json");
        file = spooled;
        OutputStream out = Files.newOutputStream(spooled);
        memory.writeTo(out);
        memory = new MemoryBuffer();
        return out;
    }

    /** Exposes its array without a copy. */
    private static final class MemoryBuffer extends ByteArrayOutputStream {
        InputStream open() {
            return new ByteArrayInputStream(buf, 0, count);
        }
    }

    private final class BodyReceiver implements BodySubscriber<ResponseBuffer> {

        private final CompletableFuture<ResponseBuffer> body = new CompletableFuture<>();
        private @Nullable Subscription subscription;

        @Override
        public CompletionStage<ResponseBuffer> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Subscription accepted) {
            subscription = accepted;
            lastReceivedNanos = System.nanoTime();
            accepted.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            lastReceivedNanos = System.nanoTime();
            try {
                for (ByteBuffer bytes : buffers) {
                    write(bytes);
                }
                if (size() > limit) {
                    abort(TrackerRequestException.of(
                            RequestFailureReason.TOO_LONG, "the body is longer than " + limit + " bytes, the limit"));
                }
            } catch (IOException e) {
                abort(TrackerRequestException.of(
                        RequestFailureReason.TOO_LONG,
                        "the body cannot be written to a temporary file: " + e.getMessage(),
                        e));
            }
        }

        @Override
        public void onError(Throwable failure) {
            body.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            try {
                complete();
                body.complete(ResponseBuffer.this);
            } catch (IOException e) {
                body.completeExceptionally(e);
            }
        }

        private void abort(TrackerRequestException failure) {
            requireNonNull(subscription).cancel();
            body.completeExceptionally(failure);
        }
    }
}
