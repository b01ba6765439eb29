package io.gonkapulse.apigateway.stream;

import com.github.benmanes.caffeine.cache.Ticker;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes to one client and never blocks: what the client does not read waits in a queue, and the server writes it later.
 * So a slow client delays no other, and a stream needs no thread of its own.
 */
final class StreamConnection implements WriteListener, AsyncListener {

    /** More than the first events of the largest stream. */
    static final int MAX_WAITING = 1_000;

    private final StreamRequest request;
    private final AsyncContext async;
    private final ServletOutputStream out;
    private final Function<StreamMessage, byte[]> renderer;
    private final Ticker ticker;
    private final BiConsumer<StreamConnection, EndReason> onEnd;
    private final ArrayDeque<StreamMessage> waiting = new ArrayDeque<>();
    private boolean needsFlush;

    /** Whether the server will call {@link #onWritePossible}. It always does at first. */
    private boolean blocked = true;

    private long blockedSinceNanos;
    private boolean ended;

    /**
     * Prepares the connection; {@link #open} opens it.
     *
     * @param onEnd called once, without a lock
     */
    StreamConnection(
            StreamRequest request,
            AsyncContext async,
            Function<StreamMessage, byte[]> renderer,
            Ticker ticker,
            BiConsumer<StreamConnection, EndReason> onEnd)
            throws IOException {
        this.request = request;
        this.async = async;
        this.out = async.getResponse().getOutputStream();
        this.renderer = renderer;
        this.ticker = ticker;
        this.blockedSinceNanos = ticker.read();
        this.onEnd = onEnd;
    }

    Set<String> topics() {
        return request.topics();
    }

    @Nullable
    String lastEventId() {
        return request.lastEventId();
    }

    boolean wants(StreamEvent event) {
        return event.topic().equals(StreamEvent.EPOCHS) || topics().contains(event.topic());
    }

    /** Messages that were sent earlier wait until the server calls {@link #onWritePossible}. */
    void open() {
        try {
            async.addListener(this);
            out.setWriteListener(this);
        } catch (IllegalStateException alreadyEnded) {
            // The stream ended before, at a shutdown, or the server ended its request.
            end(EndReason.CLIENT);
        }
    }

    /** Sends a message, or queues it until the client reads. */
    void send(StreamMessage message) {
        EndReason reason;
        synchronized (this) {
            if (ended) {
                return;
            }
            waiting.add(message);
            reason = blocked ? null : drain();
            if (waiting.size() > MAX_WAITING) {
                reason = EndReason.SLOW;
            }
        }
        endIf(reason);
    }

    /** Ends the stream if the client has read nothing since the time. */
    void endIfBlockedSince(long nanos) {
        boolean slow;
        synchronized (this) {
            slow = blocked && blockedSinceNanos - nanos < 0;
        }
        endIf(slow ? EndReason.SLOW : null);
    }

    /** Ends the stream if its client's key was revoked. */
    void endIfRevoked() {
        endIf(request.allowed().getAsBoolean() ? null : EndReason.REVOKED);
    }

    @Override
    public void onWritePossible() {
        EndReason reason;
        synchronized (this) {
            if (ended) {
                return;
            }
            blocked = false;
            reason = drain();
        }
        endIf(reason);
    }

    @Override
    public void onError(Throwable failure) {
        end(EndReason.CLIENT);
    }

    /** The server ended the request. It reuses its objects, so nothing may be written any more. */
    @Override
    public void onComplete(AsyncEvent event) {
        end(EndReason.CLIENT);
    }

    @Override
    public void onError(AsyncEvent event) {
        end(EndReason.CLIENT);
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        end(EndReason.SLOW);
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}

    /** Writes what the client can take. Returns why the stream must end, or null. */
    private @Nullable EndReason drain() {
        try {
            while (out.isReady()) {
                StreamMessage next = waiting.poll();
                if (next != null) {
                    out.write(renderer.apply(next));
                    needsFlush = true;
                } else if (needsFlush) {
                    out.flush();
                    needsFlush = false;
                } else {
                    return null;
                }
            }
            blocked = true;
            blockedSinceNanos = ticker.read();
            return null;
        } catch (IOException e) {
            return EndReason.CLIENT;
        }
    }

    private void endIf(@Nullable EndReason reason) {
        if (reason != null) {
            end(reason);
        }
    }

    /** Closes the connection, unless it is closed already. */
    void end(EndReason reason) {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            waiting.clear();
        }
        onEnd.accept(this, reason);
        try {
            async.complete();
        } catch (IllegalStateException alreadyEnded) {
            // The server ends a request itself after some errors.
        }
    }

    /** Why a stream ended. */
    enum EndReason {
        CLIENT,
        SLOW,
        REVOKED,
        SHUTDOWN
    }
}
