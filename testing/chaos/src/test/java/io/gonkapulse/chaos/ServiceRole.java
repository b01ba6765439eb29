package io.gonkapulse.chaos;

import io.gonkapulse.apigateway.ApiGatewayMain;
import io.gonkapulse.earningsaggregator.EarningsAggregatorMain;
import io.gonkapulse.jobrecorder.JobRecorderMain;
import io.gonkapulse.statswriter.StatsWriterMain;
import io.gonkapulse.trackerpoller.TrackerPollerMain;

/** The services under test. */
enum ServiceRole {
    POLLER("tracker-poller", TrackerPollerMain.class, true, false),
    WRITER("stats-writer", StatsWriterMain.class, true, true),
    EARNINGS("earnings-aggregator", EarningsAggregatorMain.class, true, true),
    RECORDER("job-recorder", JobRecorderMain.class, true, true),
    API("api-gateway", ApiGatewayMain.class, false, true);

    private final String service;
    private final Class<?> program;
    private final boolean needsKafka;
    private final boolean needsDatabase;

    ServiceRole(String service, Class<?> program, boolean needsKafka, boolean needsDatabase) {
        this.service = service;
        this.program = program;
        this.needsKafka = needsKafka;
        this.needsDatabase = needsDatabase;
    }

    String service() {
        return service;
    }

    Class<?> program() {
        return program;
    }

    boolean needsKafka() {
        return needsKafka;
    }

    boolean needsDatabase() {
        return needsDatabase;
    }
}
