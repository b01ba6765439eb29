package io.gonkapulse.trackerpoller.own;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.TrackerName;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class ShareTest {

    private static final TrackerName DEMO = new TrackerName("demo");
    private static final TrackerName OTHER = new TrackerName("other");

    @Test
    void commitsNothingPastTheOldestOrderThatIsNotDone() {
        Share share = new Share(List.of(DEMO), 10, "");
        assertThat(share.position()).isEqualTo(10);

        Runnable first = share.received(10);
        Runnable second = share.received(11);
        assertThat(share.position()).isEqualTo(10);
        second.run();
        assertThat(share.position()).isEqualTo(10);
        first.run();
        assertThat(share.position()).isEqualTo(12);
        first.run();
        assertThat(share.position()).isEqualTo(12);
    }

    @Test
    void canBeAskedForItsPositionWhileOrdersAreDone() {
        Share share = new Share(List.of(DEMO), 0, "");
        ExecutorService worker = Executors.newSingleThreadExecutor();
        try {
            for (long offset = 0; offset < 20_000; offset++) {
                worker.execute(share.received(offset));
                while (share.position() == offset) {
                    Thread.onSpinWait();
                }
                assertThat(share.position()).isEqualTo(offset + 1);
            }
        } finally {
            worker.shutdownNow();
        }
    }

    @Test
    void remembersBesideTheCommitWhichTrackersWereMet() {
        Share fresh = new Share(List.of(DEMO, OTHER), 0, "");
        assertThat(fresh.meetingWith(DEMO).isDue()).isTrue();
        assertThat(fresh.note()).isEmpty();

        fresh.meetingWith(DEMO).done();
        Share later = new Share(List.of(DEMO, OTHER), 0, fresh.note());
        assertThat(later.meetingWith(DEMO).isDue()).isFalse();
        assertThat(later.meetingWith(OTHER).isDue()).isTrue();

        later.meetingWith(OTHER).done();
        assertThat(later.note()).isEqualTo("met=demo,other");
    }

    @Test
    void readsANoteOfAnotherMakeAsNobodyMet() {
        Share share = new Share(List.of(DEMO), 0, "written by something else");
        assertThat(share.meetingWith(DEMO).isDue()).isTrue();
    }
}
