package io.gonkapulse.trackerpoller;

import io.gonkapulse.servicekit.meters.Meter;
import io.gonkapulse.trackerpoller.own.Halt;
import io.gonkapulse.trackerpoller.own.Lease;
import io.gonkapulse.trackerpoller.own.LeasedOutlet;
import io.gonkapulse.trackerpoller.own.OwnershipConfiguration;
import io.gonkapulse.trackerpoller.publish.KafkaPublisher;
import io.gonkapulse.trackerpoller.publish.PublishConfiguration;
import io.gonkapulse.trackerpoller.run.Fleet;
import io.gonkapulse.trackerpoller.run.Surroundings;
import io.gonkapulse.trackerpoller.settings.PollerProperties;
import io.gonkapulse.trackerpoller.settings.TrackerVariables;
import io.gonkapulse.trackerpoller.source.ChainEpochs;
import io.gonkapulse.trackerpoller.source.gonkanode.GonkaNode;
import io.gonkapulse.trackerpoller.source.gonkatracker.GonkaTracker;
import io.gonkapulse.trackerpoller.telling.CircuitMetrics;
import io.gonkapulse.trackerpoller.telling.PollLog;
import io.gonkapulse.trackerpoller.telling.PollerMetrics;
import io.gonkapulse.trackerpoller.telling.TrackersHealth;
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

/** The parts of the poller, put together. */
@SpringBootApplication
@EnableConfigurationProperties(PollerProperties.class)
@Import({OwnershipConfiguration.class, PublishConfiguration.class})
public class TrackerPollerConfiguration {

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    PollLog pollLog(InstantSource clock, MeterRegistry meters) {
        PollLog log = new PollLog(clock);
        log.tell(new PollerMetrics(meters));
        return log;
    }

    @Bean
    Surroundings surroundings(
            PollerProperties properties,
            KafkaPublisher publisher,
            Lease lease,
            PollLog log,
            InstantSource clock,
            Halt halt) {
        String owner = properties.owner() == null
                ? ManagementFactory.getRuntimeMXBean().getName()
                : properties.owner();
        return new Surroundings(
                owner,
                new LeasedOutlet(publisher, lease),
                publisher::order,
                lease,
                new Semaphore(properties.parallelPolls(), true),
                log,
                clock,
                halt);
    }

    /** A new kind joins here. */
    @Bean
    TrackerFactory trackerFactory(
            PollerProperties properties,
            MeterRegistry meters,
            InstantSource clock,
            ConfigurableEnvironment environment) {
        TrackerVariables.requireKnown(environment.getSystemEnvironment().keySet());
        ChainEpochs chain = new ChainEpochs();
        return new TrackerFactory(properties, List.of(new GonkaTracker(chain), new GonkaNode(chain)), meters, clock);
    }

    @Bean
    Fleet fleet(TrackerFactory factory, Surroundings surroundings, PollLog log, MeterRegistry meters) {
        Fleet fleet = new Fleet(factory::tracker, surroundings);
        Gauge.builder(Meter.TRACKERS_OWNED.id(), fleet, owned -> owned.owned().size())
                .register(meters);
        Gauge.builder(Meter.BACKFILL_REMAINING.id(), fleet, Fleet::epochsToBackfill)
                .register(meters);
        log.tell(new CircuitMetrics(fleet::owned, meters));
        return fleet;
    }

    @Bean
    TrackersHealth trackersHealthIndicator(Fleet fleet, PollLog log) {
        return new TrackersHealth(fleet::owned, log);
    }
}
