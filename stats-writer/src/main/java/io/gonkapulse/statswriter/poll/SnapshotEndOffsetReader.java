package io.gonkapulse.statswriter.poll;

import java.util.Map;

/** Where each partition of the topic of snapshots ends: whoever has applied that far has all that was sent until now. */
@FunctionalInterface
public interface SnapshotEndOffsetReader {

    Map<Integer, Long> read();
}
