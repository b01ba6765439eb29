package io.gonkapulse.servicekit.metrics;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The catalogue as a page of the documentation. */
final class MeterPagePrinter {

    private static final String HEAD = """
            # Meters

            Every service shows its meters at `/actuator/prometheus`; each has the tag `application`, the service's name. This
            page is printed from the catalogue in code, `PulseMeter` in [service-kit](../libs/service-kit); a test holds one against the
            other, and both against what services register.

            ## Ours

            """;

    private static final String OTHERS = """

            ## Of libraries

            Those that our alerts and the dashboard use; there are many more.

            """;

    private static final String TABLE = """
            | meter | in Prometheus | unit | tags | means | of |
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
