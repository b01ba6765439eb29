package io.gonkapulse.trackerpoller;

import io.gonkapulse.servicekit.metrics.PulseMeter;
import io.gonkapulse.trackerpoller.assignment.AssignmentConfiguration;
import io.gonkapulse.trackerpoller.assignment.FatalErrorHandler;
import io.gonkapulse.trackerpoller.assignment.Lease;
import io.gonkapulse.trackerpoller.assignment.LeasedPublisher;
import io.gonkapulse.trackerpoller.config.PollerProperties;
import io.gonkapulse.trackerpoller.config.TrackerEnvironmentValidator;
import io.gonkapulse.trackerpoller.monitoring.CircuitMetrics;
import io.gonkapulse.trackerpoller.monitoring.PollReporter;
import io.gonkapulse.trackerpoller.monitoring.PollerMetrics;
import io.gonkapulse.trackerpoller.monitoring.TrackerHealthIndicator;
import io.gonkapulse.trackerpoller.polling.SharedPollerContext;
import io.gonkapulse.trackerpoller.publishing.KafkaPublisher;
import io.gonkapulse.trackerpoller.publishing.PublishingConfiguration;
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
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.ConfigurableEnvironment;

/** Wires the poller. */
@SpringBootApplication
@EnableConfigurationProperties(PollerProperties.class)
@Import({AssignmentConfiguration.class, PublishingConfiguration.class})
public class TrackerPollerConfiguration {

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    PollReporter pollReporter(InstantSource clock, MeterRegistry meters) {
        PollReporter log = new PollReporter(clock);
        log.addListener(new PollerMetrics(meters));
        return log;
    }

    @Bean
    SharedPollerContext pollerContext(
            PollerProperties properties,
            KafkaPublisher publisher,
            Lease lease,
            PollReporter log,
            InstantSource clock,
            FatalErrorHandler fatalErrorHandler) {
        String owner = properties.owner() == null
                ? ManagementFactory.getRuntimeMXBean().getName()
                : properties.owner();
        return new SharedPollerContext(
                owner,
                new LeasedPublisher(publisher, lease),
                publisher::sendCommand,
                lease,
                new Semaphore(properties.parallelPolls(), true),
                log,
                clock,
                fatalErrorHandler);
    }

    /** Registers the tracker types: a new one is added here. */
    @Bean
    TrackerFactory trackerFactory(
            PollerProperties properties,
            MeterRegistry meters,
            InstantSource clock,
            ConfigurableEnvironment environment) {
        TrackerEnvironmentValidator.requireKnown(
                environment.getSystemEnvironment().keySet());
        ChainEpochRegistry chain = new ChainEpochRegistry();
        return new TrackerFactory(
                properties, List.of(new GonkaTrackerType(chain), new GonkaNodeType(chain)), meters, clock);
    }

    @Bean
    AssignedTrackerRegistry assignedTrackers(
            TrackerFactory factory, SharedPollerContext surroundings, PollReporter log, MeterRegistry meters) {
        AssignedTrackerRegistry fleet = new AssignedTrackerRegistry(factory::create, surroundings);
        Gauge.builder(
                        PulseMeter.TRACKERS_ASSIGNED.id(),
                        fleet,
                        owned -> owned.assignedTrackers().size())
                .register(meters);
        Gauge.builder(PulseMeter.BACKFILL_REMAINING.id(), fleet, AssignedTrackerRegistry::epochsToBackfill)
                .register(meters);
        log.addListener(new CircuitMetrics(fleet::assignedTrackers, meters));
        return fleet;
    }

    @Bean
    TrackerHealthIndicator trackersHealthIndicator(AssignedTrackerRegistry fleet, PollReporter log) {
        return new TrackerHealthIndicator(fleet::assignedTrackers, log);
    }
}
