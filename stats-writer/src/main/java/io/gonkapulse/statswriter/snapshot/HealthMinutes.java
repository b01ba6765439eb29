package io.gonkapulse.statswriter.snapshot;

import io.gonkapulse.contracts.NodeStatus;
import java.util.Map;
import java.util.TreeMap;

/** Minutes of one node, as bits by the hour. Bits are only ever added: order and repetition cannot matter. */
final class HealthMinutes {

    private static final long MICROS = 1_000_000;
    private static final long HOUR = 3_600;
    private static final long MINUTE = 60;

    private final Map<Long, HourBits> byHour = new TreeMap<>();
    private long hour = Long.MIN_VALUE;
    private HourBits bits = new HourBits();

    /** An unknown state says nothing: no bit is set for it. */
    void add(long observedMicros, NodeStatus status) {
        if (status != NodeStatus.UNKNOWN) {
            long second = Math.floorDiv(observedMicros, MICROS);
            long intoTheHour = Math.floorMod(second, HOUR);
            selectHour(second - intoTheHour);
            bits.add(1L << (intoTheHour / MINUTE), status);
        }
    }

    /** Snapshots of one hour mostly stand together. */
    private void selectHour(long wanted) {
        if (wanted != hour) {
            hour = wanted;
            bits = byHour.computeIfAbsent(wanted, unknown -> new HourBits());
        }
    }

    /** By the second at which the hour begins. */
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
