package io.gonkapulse.statswriter.snapshot;

import io.gonkapulse.contracts.NodeStatus;
import java.util.Map;
import java.util.TreeMap;

/** Health minutes of one node, as bits per hour. Bits are only added, so order and repetition have no effect. */
final class HealthMinutes {

    private static final long MICROS = 1_000_000;
    private static final long HOUR = 3_600;
    private static final long MINUTE = 60;

    private final Map<Long, HourBits> byHour = new TreeMap<>();
    private long hour = Long.MIN_VALUE;
    private HourBits bits = new HourBits();

    /** Sets no bit for an unknown status. */
    void add(long observedMicros, NodeStatus status) {
        if (status != NodeStatus.UNKNOWN) {
            long second = Math.floorDiv(observedMicros, MICROS);
            long intoTheHour = Math.floorMod(second, HOUR);
            selectHour(second - intoTheHour);
            bits.add(1L << (intoTheHour / MINUTE), status);
        }
    }

    /** Remembers the current hour, because consecutive snapshots mostly belong to the same one. */
    private void selectHour(long wanted) {
        if (wanted != hour) {
            hour = wanted;
            bits = byHour.computeIfAbsent(wanted, unknown -> new HourBits());
        }
    }

    /** Keys are the epoch second at which the hour starts. */
    Map<Long, HourBits> byHour() {
        return byHour;
    }

    static final class HourBits {

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
