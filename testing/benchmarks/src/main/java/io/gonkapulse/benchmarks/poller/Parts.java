package io.gonkapulse.benchmarks.poller;

import io.gonkapulse.trackerpoller.site.Request;
import io.gonkapulse.trackerpoller.site.Site;
import io.gonkapulse.trackerpoller.site.SiteCall;
import io.gonkapulse.trackerpoller.source.CurrentEpoch;
import io.gonkapulse.trackerpoller.source.Participant;
import io.gonkapulse.trackerpoller.source.ParticipantSink;
import io.gonkapulse.trackerpoller.source.Skip;
import io.gonkapulse.trackerpoller.tracker.Tracker;
import java.time.Duration;

/** What a poll is made of, each part for itself. */
final class Parts {

    private final Tracker tracker;
    private final KeptAnswers kept;
    private final long participants;

    private Parts(Tracker tracker, KeptAnswers kept) {
        this.tracker = tracker;
        this.kept = kept;
        this.participants = read();
    }

    static Parts of(Tracker tracker) {
        return atASite(tracker, site -> new Parts(tracker, KeptAnswers.of(site)));
    }

    /** Asks everything that a poll asks, and reads nothing. */
    long fetch() {
        return atASite(tracker, site -> {
            kept.questions().forEach(question -> ask(site, question));
            return participants;
        });
    }

    /** Reads what has come already, as little as a kind can. */
    long read() {
        Counting counting = new Counting();
        try (CurrentEpoch epoch = tracker.source().current(kept)) {
            epoch.participants(counting);
        }
        return counting.participants;
    }

    private static void ask(Site site, Request question) {
        site.ask(question).close();
    }

    private static <T> T atASite(Tracker tracker, SiteCall<T> call) {
        return tracker.sites().first(PolledKind.CLOCK.instant().plus(Duration.ofMinutes(1)), call);
    }

    private static final class Counting implements ParticipantSink {

        private long participants;

        @Override
        public void participant(Participant participant) {
            participants++;
        }

        @Override
        public void skipped(Skip reason) {
            // Not published by a poll either.
        }
    }
}
