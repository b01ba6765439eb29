package io.gonkapulse.trackerpoller.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.messages.TestMessages;
import io.gonkapulse.trackerpoller.fixtures.CollectingPublisher;
import io.gonkapulse.trackerpoller.publishing.PublishFailedException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LeaseTest {

    private final SteppedClock clock = SteppedClock.at(Instant.parse("2026-03-01T12:00:00Z"));
    private final Lease lease = new Lease(Duration.ofSeconds(5), clock);
    private final CollectingPublisher publisher = new CollectingPublisher();
    private final LeasedPublisher leasedPublisher = new LeasedPublisher(publisher, lease);

    @Test
    void isNotHeldInitially() {
        assertThat(lease.isHeld()).isFalse();
    }

    @Test
    void expiresUnlessRenewed() {
        lease.renew(clock.instant());
        clock.advance(Duration.ofMillis(4_999));
        assertThat(lease.isHeld()).isTrue();
        clock.advance(Duration.ofMillis(1));
        assertThat(lease.isHeld()).isFalse();
    }

    @Test
    void countsFromRequestTime() {
        Instant requestedAt = clock.instant();
        clock.advance(Duration.ofSeconds(3));
        lease.renew(requestedAt);
        clock.advance(Duration.ofSeconds(2));
        assertThat(lease.isHeld()).isFalse();
    }

    @Test
    void isNotHeldAfterClockStepsBack() {
        lease.renew(clock.instant());
        clock.advance(Duration.ofHours(-1));
        assertThat(lease.isHeld()).isFalse();
        lease.renew(clock.instant());
        assertThat(lease.isHeld()).isTrue();
        clock.advance(Duration.ofSeconds(5));
        assertThat(lease.isHeld()).isFalse();
    }

    @Test
    void blocksSnapshotsButPublishesPollAfterExpiry() {
        lease.renew(clock.instant());
        PublishAction publishing = publishOne();
        assertThat(publisher.snapshots()).hasSize(1);
        assertThat(publisher.polls()).hasSize(1);

        lease.expire();
        assertThatThrownBy(publishing::publish)
                .isInstanceOf(PublishFailedException.class)
                .hasMessageContaining("another poller may poll the tracker");
        leasedPublisher.publishPoll(TestMessages.poll().build());
        assertThat(publisher.snapshots()).hasSize(1);
        assertThat(publisher.polls()).hasSize(2);
    }

    private PublishAction publishOne() {
        PublishAction action = () -> {
            var batch = leasedPublisher.startBatch();
            batch.add(TestMessages.live().build());
            batch.flush();
            leasedPublisher.publishPoll(TestMessages.poll().build());
        };
        action.publish();
        return action;
    }

    private interface PublishAction {
        void publish();
    }
}
