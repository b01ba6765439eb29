package io.gonkapulse.statswriter.snapshot;

import io.gonkapulse.contracts.NodeStatus;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Minutes of one node, as bits by the hour. Bits are only ever added: order and repetition cannot matter. */
final class HealthMinutes {

    private static final long HOUR = 3_600;
    private static final long MINUTE = 60;

    private final Map<Long, Bits> byHour = new TreeMap<>();

    /** An unknown state says nothing: no bit is set for it. */
    void add(Instant observedAt, NodeStatus status) {
        if (status != NodeStatus.UNKNOWN) {
            long second = observedAt.getEpochSecond();
            long bit = 1L << (Math.floorMod(second, HOUR) / MINUTE);
            byHour.computeIfAbsent(second - Math.floorMod(second, HOUR), hour -> new Bits())
                    .add(bit, status);
        }
    }

    /** By the second at which the hour begins. */
    Map<Long, Bits> byHour() {
        return byHour;
    }

    static final class Bits {

        long seen;
        long unhealthy;
        long jailed;

        private void add(long bit, NodeStatus status) {
            seen |= bit;
            if (status == NodeStatus.UNHEALTHY) {
                unhealthy |= bit;
            } else if (status == NodeStatus.JAILED) {
                jailed |= bit;
            }
        }
    }
}
