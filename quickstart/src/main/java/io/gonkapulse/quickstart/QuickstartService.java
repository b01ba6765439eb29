package io.gonkapulse.quickstart;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The services, in the order in which they start. The consumers start before the poller, so that they are ready for the
 * first snapshots.
 */
enum QuickstartService {
    STATS_WRITER("stats-writer"),
    EARNINGS_AGGREGATOR("earnings-aggregator"),
    JOB_RECORDER("job-recorder"),
    API("api"),
    TRACKER_POLLER("tracker-poller");

    private final String id;

    QuickstartService(String id) {
        this.id = id;
    }

    /** The name in options and in {@code running.properties}. */
    String id() {
        return id;
    }

    /**
     * Returns the services to start.
     *
     * @param only value of {@code --only}; null starts all
     * @param without value of {@code --without}
     * @throws IllegalArgumentException for an unknown name, or for both options
     */
    static Set<QuickstartService> select(@Nullable List<String> only, @Nullable List<String> without) {
        if (only != null && without != null) {
            throw new IllegalArgumentException("expected --only or --without, got both");
        }
        if (only != null) {
            return parse("--only", only);
        }
        return without == null
                ? EnumSet.allOf(QuickstartService.class)
                : EnumSet.complementOf(parse("--without", without));
    }

    private static EnumSet<QuickstartService> parse(String option, List<String> ids) {
        EnumSet<QuickstartService> found = EnumSet.noneOf(QuickstartService.class);
        ids.forEach(id -> found.add(Arrays.stream(values())
                .filter(service -> service.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        option + ": expected services of " + names() + ", got \"" + id + '"'))));
        return found;
    }

    private static String names() {
        return Arrays.stream(values()).map(QuickstartService::id).collect(Collectors.joining(", "));
    }
}
