package io.gonkapulse.trackerpoller.poll;

import io.gonkapulse.contracts.LiveSnapshot;
import io.gonkapulse.contracts.Origin;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Purpose;
import io.gonkapulse.trackerpoller.poll.Watermark.Verdict;
import io.gonkapulse.trackerpoller.publish.Outlet;
import io.gonkapulse.trackerpoller.publish.PublishFailedException;
import io.gonkapulse.trackerpoller.site.SiteException;
import io.gonkapulse.trackerpoller.site.SitesExhaustedException;
import io.gonkapulse.trackerpoller.source.CurrentEpoch;
import io.gonkapulse.trackerpoller.source.Participant;
import io.gonkapulse.trackerpoller.source.Skip;
import io.gonkapulse.trackerpoller.telling.LogFields;
import io.gonkapulse.trackerpoller.telling.PollNotes;
import io.gonkapulse.trackerpoller.telling.PollNotes.Stage;
import io.gonkapulse.trackerpoller.tracker.Tracker;
import java.time.InstantSource;

/** Polls the running epoch of one tracker, one poll at a time. */
public final class CurrentPoll {

    private final Tracker tracker;
    private final Outlet outlet;
    private final String owner;
    private final InstantSource clock;
    private final Watermark watermark;

    public CurrentPoll(Tracker tracker, Outlet outlet, String owner, InstantSource clock) {
        this.tracker = tracker;
        this.outlet = outlet;
        this.owner = owner;
        this.clock = clock;
        this.watermark = new Watermark(tracker.settings().staleAfter());
    }

    /** Always comes to an end, and always with a record of it. */
    public PollResult run() {
        PollNotes notes = new PollNotes(tracker.settings(), Purpose.CURRENT, owner, clock);
        LogFields.set(notes);
        try {
            outlet.begins(notes);
            PollResult result = attempt(notes);
            outlet.tell(result.poll());
            return result;
        } finally {
            LogFields.clear();
        }
    }

    private PollResult attempt(PollNotes notes) {
        Choice choice = new Choice(tracker, watermark, notes);
        try (Candidate candidate =
                choice.make(notes.startedAt().plus(tracker.settings().pollDeadline()))) {
            return take(candidate, notes);
        } catch (PublishFailedException failure) {
            return PollResult.unpublished(notes.failed(String.valueOf(failure.getMessage())), failure);
        } catch (SitesExhaustedException | SiteException failure) {
            return PollResult.failed(notes.failed(String.valueOf(failure.getMessage())));
        }
    }

    private PollResult take(Candidate candidate, PollNotes notes) {
        CurrentEpoch epoch = candidate.epoch();
        notes.asked(candidate.url());
        notes.learned(epoch.network());
        candidate.roll().skipped().forEach(notes::skipped);
        if (candidate.verdict() == Verdict.BEHIND) {
            return ignore(candidate, notes);
        }
        if (tracker.settings().live()) {
            notes.published(notes.timing(Stage.PUBLISH, () -> publish(candidate, notes)));
        }
        watermark.reached(epoch);
        Poll poll = candidate.verdict() == Verdict.STALE
                ? notes.stale("The newest answer speaks of " + epoch.observedAt())
                : notes.ok();
        return PollResult.of(poll, epoch.epoch(), candidate.roll().nodes());
    }

    private PollResult ignore(Candidate candidate, PollNotes notes) {
        String why =
                "Every answer lies behind block " + watermark.height() + ", which was already published; the newest is "
                        + candidate.epoch().height();
        watermark.behind(clock.instant());
        notes.skipped(Skip.OLDER_HEIGHT, candidate.roll().nodes().size());
        return PollResult.failed(notes.stale(why));
    }

    private long publish(Candidate candidate, PollNotes notes) {
        CurrentEpoch epoch = candidate.epoch();
        Origin origin = notes.origin(epoch.fetchedAt(), epoch.observedAt(), epoch.height());
        Outlet.Batch batch = outlet.begin();
        candidate.roll().each(epoch, participant -> batch.add(snapshot(participant, epoch, origin)));
        batch.finish();
        return candidate.roll().nodes().size();
    }

    private LiveSnapshot snapshot(Participant participant, CurrentEpoch epoch, Origin origin) {
        return new LiveSnapshot(
                participant.node(),
                epoch.epoch(),
                origin,
                participant.counters(),
                participant.status(),
                tracker.hardware().complete(participant.node(), participant.facts()));
    }
}
