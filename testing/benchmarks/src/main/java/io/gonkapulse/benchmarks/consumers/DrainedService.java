package io.gonkapulse.benchmarks.consumers;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.jobrecorder.JobRecorderConfiguration;
import io.gonkapulse.statswriter.StatsWriterConfiguration;
import java.util.List;

/** A service that drains a backlog, with two consumers by default. */
@SuppressWarnings("ImmutableEnumChecker") // topics and lists never change
enum DrainedService {
    STATS_WRITER(
            StatsWriterConfiguration.class,
            "stats-writer",
            KafkaTopic.SNAPSHOTS,
            "consumer_offsets",
            // Otherwise every snapshot would be superseded. Nodes stay.
            List.of("update node_facts set fetched_at = null", "delete from node_health_hourly"),
            List.of()),

    JOB_RECORDER(
            JobRecorderConfiguration.class,
            "job-recorder",
            KafkaTopic.JOB_EVENTS,
            "audit.consumer_offsets",
            List.of("truncate audit.jobs, audit.job_stages, audit.job_counts, audit.job_durations,"
                    + " audit.job_partitions"),
            // They would append records to the measured topic.
            List.of("--recorder.lost-interval=1h", "--recorder.migrations-interval=1h"));

    private final Class<?> configuration;
    private final String group;
    private final KafkaTopic topic;
    private final String offsets;
    private final List<String> clearStatements;
    private final List<String> arguments;

    DrainedService(
            Class<?> configuration,
            String group,
            KafkaTopic topic,
            String offsets,
            List<String> clearStatements,
            List<String> arguments) {
        this.configuration = configuration;
        this.group = group;
        this.topic = topic;
        this.offsets = offsets;
        this.clearStatements = clearStatements;
        this.arguments = arguments;
    }

    Class<?> configuration() {
        return configuration;
    }

    /** Also the name of its configuration. */
    String group() {
        return group;
    }

    KafkaTopic topic() {
        return topic;
    }

    /** The table of the offsets that are applied. */
    String offsets() {
        return offsets;
    }

    /** Delete what the backlog stored. */
    List<String> clearStatements() {
        return clearStatements;
    }

    /** Spring arguments. */
    List<String> arguments() {
        return arguments;
    }
}
