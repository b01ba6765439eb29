package io.gonkapulse.trackerpoller.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.testkit.messages.Messages;
import io.gonkapulse.testkit.network.time.SteppedClock;
import io.gonkapulse.trackerpoller.fixtures.CollectingOutlet;
import io.gonkapulse.trackerpoller.publish.PublishFailedException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LeaseTest {

    private final SteppedClock clock = SteppedClock.at(Instant.parse("2026-03-01T12:00:00Z"));
    private final Lease lease = new Lease(Duration.ofSeconds(5), clock);
    private final CollectingOutlet outlet = new CollectingOutlet();
    private final LeasedOutlet leased = new LeasedOutlet(outlet, lease);

    @Test
    void isNotHeldBeforeTheCoordinatorHasAnswered() {
        assertThat(lease.isHeld()).isFalse();
    }

    @Test
    void endsByItselfUnlessItIsProlonged() {
        lease.prolong(clock.instant());
        clock.advance(Duration.ofMillis(4_999));
        assertThat(lease.isHeld()).isTrue();
        clock.advance(Duration.ofMillis(1));
        assertThat(lease.isHeld()).isFalse();
    }

    @Test
    void countsFromTheMomentBeforeTheCoordinatorWasAsked() {
        Instant asked = clock.instant();
        clock.advance(Duration.ofSeconds(3));
        lease.prolong(asked);
        clock.advance(Duration.ofSeconds(2));
        assertThat(lease.isHeld()).isFalse();
    }

    @Test
    void isNotHeldByAClockThatWasSetBackUntilItIsProlonged() {
        lease.prolong(clock.instant());
        clock.advance(Duration.ofHours(-1));
        assertThat(lease.isHeld()).isFalse();
        lease.prolong(clock.instant());
        assertThat(lease.isHeld()).isTrue();
        clock.advance(Duration.ofSeconds(5));
        assertThat(lease.isHeld()).isFalse();
    }

    @Test
    void letsNothingBePublishedOnceItHasEndedAndTellsOfThePollThatWasCut() {
        lease.prolong(clock.instant());
        Outlet begun = publishOne();
        assertThat(outlet.snapshots()).hasSize(1);
        assertThat(outlet.polls()).hasSize(1);

        lease.end();
        assertThatThrownBy(begun::publish)
                .isInstanceOf(PublishFailedException.class)
                .hasMessageContaining("another may own the tracker");
        leased.tell(Messages.poll().build());
        assertThat(outlet.snapshots()).hasSize(1);
        assertThat(outlet.polls()).hasSize(2);
    }

    private Outlet publishOne() {
        Outlet publishing = () -> {
            var batch = leased.begin();
            batch.add(Messages.live().build());
            batch.finish();
            leased.tell(Messages.poll().build());
        };
        publishing.publish();
        return publishing;
    }

    private interface Outlet {
        void publish();
    }
}
