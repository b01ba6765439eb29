package io.gonkapulse.trackerpoller;

import io.gonkapulse.servicekit.observability.PulseMeter;
import io.gonkapulse.trackerpoller.assignment.Lease;
import io.gonkapulse.trackerpoller.monitoring.PollReporter;
import io.gonkapulse.trackerpoller.monitoring.PollerMetrics;
import io.gonkapulse.trackerpoller.polling.SharedPollerContext;
import io.gonkapulse.trackerpoller.publishing.KafkaPublisher;
import io.gonkapulse.trackerpoller.trackerapi.ChainEpochRegistry;
import io.gonkapulse.trackerpoller.trackerapi.gonkanode.GonkaNodeType;
import io.gonkapulse.trackerpoller.trackerapi.gonkatracker.GonkaTrackerType;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.ConfigurableEnvironment;

/** Wires the poller. */
@SpringBootApplication
@EnableConfigurationProperties(PollerProperties.class)
@Import(PollerKafkaConfiguration.class)
public class TrackerPollerConfiguration {

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    PollReporter pollReporter(InstantSource clock, MeterRegistry meters) {
        PollReporter reporter = new PollReporter(clock);
        reporter.addListener(new PollerMetrics(meters));
        return reporter;
    }

    @Bean
    SharedPollerContext pollerContext(
            PollerProperties properties,
            KafkaPublisher publisher,
            Lease lease,
            PollReporter reporter,
            InstantSource clock) {
        String owner = properties.owner() == null
                ? ManagementFactory.getRuntimeMXBean().getName()
                : properties.owner();
        return new SharedPollerContext(
                owner,
                publisher,
                publisher::sendCommand,
                lease,
                new Semaphore(properties.parallelPolls(), true),
                reporter,
                clock,
                // Does what -XX:+ExitOnOutOfMemoryError does, because not every installation sets that option.
                () -> Runtime.getRuntime().halt(1));
    }

    /** Registers the tracker types: a new one is added here. */
    @Bean
    TrackerFactory trackerFactory(
            PollerProperties properties,
            MeterRegistry meters,
            InstantSource clock,
            ConfigurableEnvironment environment) {
        PollerProperties.requireKnownVariables(
                environment.getSystemEnvironment().keySet());
        ChainEpochRegistry chain = new ChainEpochRegistry();
        return new TrackerFactory(
                properties, List.of(new GonkaTrackerType(chain), new GonkaNodeType(chain)), meters, clock);
    }

    @Bean
    AssignedTrackerRegistry assignedTrackers(
            TrackerFactory factory, SharedPollerContext context, MeterRegistry meters) {
        AssignedTrackerRegistry trackers = new AssignedTrackerRegistry(factory::create, context);
        Gauge.builder(PulseMeter.TRACKERS_ASSIGNED.id(), trackers, AssignedTrackerRegistry::size)
                .register(meters);
        Gauge.builder(PulseMeter.BACKFILL_REMAINING.id(), trackers, AssignedTrackerRegistry::epochsToBackfill)
                .register(meters);
        return trackers;
    }

    /** The component is named {@code trackers}. */
    @Bean
    HealthIndicator trackersHealthIndicator(AssignedTrackerRegistry trackers) {
        return trackers::health;
    }
}
