package io.gonkapulse.servicekit.observability;

import java.util.List;

/** Services by the kind of meter. */
final class MeterOwners {

    static final List<String> POLLER = List.of("tracker-poller");
    static final List<String> WRITER = List.of("stats-writer");
    static final List<String> AGGREGATOR = List.of("earnings-aggregator");
    static final List<String> RECORDER = List.of("job-recorder");
    static final List<String> GATEWAY = List.of("api-gateway");
    static final List<String> CONSUMERS =
            List.of("stats-writer", "earnings-aggregator", "job-recorder", "tracker-poller");
    static final List<String> WORKERS = List.of("stats-writer", "earnings-aggregator", "job-recorder");
    static final List<String> DATABASE_USERS =
            List.of("stats-writer", "earnings-aggregator", "job-recorder", "api-gateway");

    private MeterOwners() {}
}
