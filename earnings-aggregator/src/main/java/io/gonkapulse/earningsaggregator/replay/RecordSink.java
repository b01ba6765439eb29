package io.gonkapulse.earningsaggregator.replay;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Receives the records of one reading thread; closed after the last record. */
public interface RecordSink extends AutoCloseable {

    /**
     * The buffer is valid until the next call only.
     *
     * @param timestamp of the record, in milliseconds since 1970
     */
    void accept(@Nullable ByteBuffer value, long timestamp);

    /** Counts records of a compressed batch that exceeds the memory limit. */
    void skipOversized(long records);

    @Override
    void close();
}
