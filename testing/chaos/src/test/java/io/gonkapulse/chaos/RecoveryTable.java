package io.gonkapulse.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Recovery times by fault type, counted from the repair. */
final class RecoveryTable {

    private final Map<InjectedFault.FaultType, List<Duration>> times = new EnumMap<>(InjectedFault.FaultType.class);

    void add(InjectedFault fault, Duration time) {
        times.computeIfAbsent(fault.type(), kind -> new ArrayList<>()).add(time);
    }

    int size() {
        return times.values().stream().mapToInt(List::size).sum();
    }

    @Override
    public String toString() {
        StringBuilder table = new StringBuilder("| fault | times | median | longest |\n|---|---|---|---|\n");
        times.forEach((kind, all) -> {
            List<Duration> sorted = new ArrayList<>(all);
            Collections.sort(sorted);
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %.1f s | %.1f s |%n",
                    kind.label(),
                    sorted.size(),
                    seconds(sorted.get((sorted.size() - 1) / 2)),
                    seconds(sorted.get(sorted.size() - 1))));
        });
        return table.toString();
    }

    void writeTo(Path file) {
        try {
            Files.writeString(file, toString());
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write " + file, e);
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }
}
