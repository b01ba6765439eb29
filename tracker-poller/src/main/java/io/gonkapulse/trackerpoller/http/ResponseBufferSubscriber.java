package io.gonkapulse.trackerpoller.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Writes a body to the buffer as it arrives, up to the limit. */
final class ResponseBufferSubscriber implements BodySubscriber<ResponseBuffer> {

    private final ResponseBuffer buffer;
    private final long limit;
    private final IdleTimer idleTimer;
    private final CompletableFuture<ResponseBuffer> body = new CompletableFuture<>();
    private @Nullable Subscription subscription;

    ResponseBufferSubscriber(ResponseBuffer spool, long limit, IdleTimer activity) {
        this.buffer = spool;
        this.limit = limit;
        this.idleTimer = activity;
    }

    @Override
    public CompletionStage<ResponseBuffer> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Subscription accepted) {
        subscription = accepted;
        idleTimer.reset();
        accepted.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        idleTimer.reset();
        try {
            for (ByteBuffer bytes : buffers) {
                buffer.write(bytes);
            }
            if (buffer.size() > limit) {
                abort(TrackerRequestException.of(
                        TrackerRequestException.RequestFailureReason.TOO_LONG,
                        "the body is longer than " + limit + " bytes, the limit"));
            }
        } catch (IOException e) {
            abort(TrackerRequestException.of(
                    TrackerRequestException.RequestFailureReason.TOO_LONG,
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
            buffer.complete();
            body.complete(buffer);
        } catch (IOException e) {
            body.completeExceptionally(e);
        }
    }

    private void abort(TrackerRequestException failure) {
        requireNonNull(subscription).cancel();
        body.completeExceptionally(failure);
    }

    /** Measures how long nothing was received. */
    static final class IdleTimer {

        private volatile long lastNanos = System.nanoTime();

        void reset() {
            lastNanos = System.nanoTime();
        }

        Duration idleTime() {
            return Duration.ofNanos(System.nanoTime() - lastNanos);
        }
    }
}
