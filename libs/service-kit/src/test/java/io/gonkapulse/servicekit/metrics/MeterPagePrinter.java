package io.gonkapulse.servicekit.metrics;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Prints the catalogue as docs/meters.md. */
final class MeterPagePrinter {

    private static final String HEAD = """
            # Meters

            Every service exposes its meters at `/actuator/prometheus`, with the tag `application`. This page is
            printed from the catalogue `PulseMeter` in [service-kit](../libs/service-kit); a test compares both
            with the meters that services register.

            ## Own meters

            """;

    private static final String OTHERS = """

            ## Meters of libraries

            Only those that alerts and the dashboard use.

            """;

    private static final String TABLE = """
            | meter | in Prometheus | unit | tags | meaning | services |
            |---|---|---|---|---|---|
            """;

    private MeterPagePrinter() {}

    static String print() {
        return HEAD + table(PulseMeter::isOwnMeter) + OTHERS + table(meter -> !meter.isOwnMeter());
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
