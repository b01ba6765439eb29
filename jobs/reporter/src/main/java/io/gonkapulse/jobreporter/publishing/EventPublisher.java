package io.gonkapulse.jobreporter.publishing;

import java.util.List;

/** Sends events in their order. Used by one thread. */
public interface EventPublisher extends AutoCloseable {

    /** Returns when the result is known, within a bounded time, and throws nothing because of the receiver. */
    PublishResult publish(List<EncodedEvent> events) throws InterruptedException;

    /** Does not wait for the receiver. Any thread may call it, after the last call of {@link #publish}. */
    @Override
    void close();
}
