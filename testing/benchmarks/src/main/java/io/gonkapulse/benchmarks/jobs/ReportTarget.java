package io.gonkapulse.benchmarks.jobs;

import io.gonkapulse.jobreporter.JobReporter;
import io.gonkapulse.jobreporter.JobReporterProperties;
import io.gonkapulse.jobreporter.publishing.EncodedEvent;
import io.gonkapulse.jobreporter.publishing.EventPublisher;
import io.gonkapulse.jobreporter.publishing.PublishResult;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Where the measured reporter sends its events. */
public enum ReportTarget {
    OFF("off") {
        @Override
        JobReporter open(String kafka, InstantSource clock) {
            return JobReporter.open(JobReporterProperties.fromEnvironment(Map.of(), SOURCE), clock);
        }
    },
    NOWHERE("encoded, then discarded") {
        @Override
        JobReporter open(String kafka, InstantSource clock) {
            return JobReporter.open(
                    JobReporterProperties.fromEnvironment(Map.of(), SOURCE), new DiscardingPublisher(), clock);
        }
    },
    KAFKA("sent to Kafka") {
        @Override
        JobReporter open(String kafka, InstantSource clock) {
            Map<String, String> settings =
                    Map.of(JobReporterProperties.REPORT, "kafka", JobReporterProperties.BOOTSTRAP_SERVERS, kafka);
            return JobReporter.open(JobReporterProperties.fromEnvironment(settings, SOURCE), clock);
        }
    };

    private static final String SOURCE = "benchmark";

    private final String label;

    ReportTarget(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    abstract JobReporter open(String kafka, InstantSource clock);

    private static final class DiscardingPublisher implements EventPublisher {

        @Override
        public PublishResult publish(List<EncodedEvent> events) {
            return PublishResult.STORED;
        }

        @Override
        public void close() {}
    }
}
