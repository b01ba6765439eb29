package io.gonkapulse.servicekit.meters;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The catalogue as a page of the documentation. */
final class MeterPage {

    private static final String HEAD = """
            # Meters

            Every service shows its meters at `/actuator/prometheus`; each has the tag `application`, the service's name. This
            page is printed from the catalogue in code, `Meter` in [service-kit](../libs/service-kit); a test holds one against the
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

    private MeterPage() {}

    static String print() {
        return HEAD + table(Meter::isOurs) + OTHERS + table(meter -> !meter.isOurs());
    }

    private static String table(Predicate<Meter> wanted) {
        return Arrays.stream(Meter.values())
                .filter(wanted)
                .map(MeterPage::row)
                .collect(Collectors.joining("\n", TABLE, "\n"));
    }

    private static String row(Meter meter) {
        return "| `%s` | %s | %s | %s | %s | %s |"
                .formatted(
                        meter.id(),
                        meter.prometheusNames().stream()
                                .map(name -> '`' + name + '`')
                                .collect(Collectors.joining(", ")),
                        meter.unit(),
                        meter.tags().isEmpty() ? "" : String.join(", ", meter.tags()),
                        meter.meaning(),
                        String.join(", ", meter.services()));
    }
}
