package io.gonkapulse.earningsaggregator.rebuild;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Takes the records of one thread; closed when there are no more. */
public interface RecordSink extends AutoCloseable {

    /**
     * The bytes are good until the next call.
     *
     * @param timestamp of the record, in milliseconds since 1970
     */
    void accept(@Nullable ByteBuffer value, long timestamp);

    /** These records cannot be read, because together they take too much memory. */
    void skipOversized(long records);

    @Override
    void close();
}
