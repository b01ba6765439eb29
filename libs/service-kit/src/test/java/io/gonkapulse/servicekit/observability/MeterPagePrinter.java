package io.gonkapulse.servicekit.observability;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Prints the catalogue of meters as docs/meters.md. */
final class MeterPagePrinter {

    private static final String HEAD = """
            # Meters

            Every service exposes its meters at `/actuator/prometheus`, with the tag `application`, the service's name.
            This page is generated from the catalogue `PulseMeter` in [service-kit](../libs/service-kit). A test compares
            page, catalogue and what services register.

            ## Meters of Gonka Pulse

            """;

    private static final String OTHERS = """

            ## Meters of libraries

            Only those that the alerts and the dashboard use.

            """;

    private static final String RENAMED = """

            ## Renamed meters

            Development builds before 0.1.0 used the old names.

            | old | new |
            |---|---|
            | `gateway.answers{from}` | `gonkapulse.gateway.responses{source}` |
            | `gateway.connections.refused` | `gonkapulse.gateway.connections.refused` |
            | `gateway.requests.in.flight` | `gonkapulse.gateway.requests.in.flight` |
            | `gateway.requests.shed` | `gonkapulse.gateway.requests.rejected` |
            | `gonkapulse.batches` | `gonkapulse.consumer.batches` |
            | `gonkapulse.batches.postponed` | `gonkapulse.consumer.batches.retried` |
            | `gonkapulse.poller.beats.missed` | `gonkapulse.poller.polls.skipped` |
            | `gonkapulse.poller.published` | `gonkapulse.poller.snapshots.published` |
            | `gonkapulse.poller.records.refused` | `gonkapulse.poller.records.rejected` |
            | `gonkapulse.poller.skipped` | `gonkapulse.poller.participants.skipped` |
            | `gonkapulse.poller.trackers.owned` | `gonkapulse.poller.trackers.assigned` |
            """;

    private static final String TABLE = """
            | meter | in Prometheus | unit | tags | meaning | service |
            |---|---|---|---|---|---|
            """;

    private MeterPagePrinter() {}

    static String print() {
        return HEAD + table(PulseMeter::isOwnMeter) + OTHERS + table(meter -> !meter.isOwnMeter()) + RENAMED;
    }

    private static String table(Predicate<PulseMeter> wanted) {
        return Arrays.stream(PulseMeter.values())
                .filter(wanted)
                .map(MeterPagePrinter::row)
                .collect(Collectors.joining("\n", TABLE, "\n"));
    }

    private static String row(PulseMeter meter) {
        return "| `%s` | %s | %s | %s | %s | %s |"
                .formatted(
                        meter.id(),
                        meter.prometheusNames().stream()
                                .map(name -> '`' + name + '`')
                                .collect(Collectors.joining(", ")),
                        meter.unit(),
                        meter.tags().isEmpty() ? "" : String.join(", ", meter.tags()),
                        meter.description(),
                        String.join(", ", meter.services()));
    }
}
