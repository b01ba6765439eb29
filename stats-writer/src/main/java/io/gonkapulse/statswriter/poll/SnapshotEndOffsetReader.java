package io.gonkapulse.statswriter.poll;

import java.util.Map;

/**
 * Reads the end offsets of the snapshot topic. A consumer that has applied up to them has applied
 * every snapshot sent so far.
 */
@FunctionalInterface
public interface SnapshotEndOffsetReader {

    Map<Integer, Long> read();
}
