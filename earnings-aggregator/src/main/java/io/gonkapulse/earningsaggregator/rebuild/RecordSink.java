package io.gonkapulse.earningsaggregator.rebuild;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Takes the records of one thread; closed when there are no more. */
public interface RecordSink extends AutoCloseable {

    /** The bytes are good until the next call. */
    void take(@Nullable ByteBuffer value);

    @Override
    void close();
}
