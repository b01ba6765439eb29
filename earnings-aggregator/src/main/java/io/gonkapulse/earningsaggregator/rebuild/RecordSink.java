package io.gonkapulse.earningsaggregator.rebuild;

import org.jspecify.annotations.Nullable;

/** Takes the records of one thread; closed when there are no more. */
public interface RecordSink extends AutoCloseable {

    void take(byte @Nullable [] value);

    @Override
    void close();
}
