package io.gonkapulse.trackerpoller.settle;

import io.gonkapulse.contracts.NetworkFacts;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Poll.Purpose;
import io.gonkapulse.trackerpoller.publish.Outlet;
import io.gonkapulse.trackerpoller.publish.PublishFailedException;
import io.gonkapulse.trackerpoller.settle.Round.Ending;
import io.gonkapulse.trackerpoller.site.SitesExhaustedException;
import io.gonkapulse.trackerpoller.source.PastEpoch;
import io.gonkapulse.trackerpoller.source.Skip;
import io.gonkapulse.trackerpoller.telling.LogFields;
import io.gonkapulse.trackerpoller.telling.PollNotes;
import io.gonkapulse.trackerpoller.telling.PollNotes.Stage;
import io.gonkapulse.trackerpoller.tracker.Tracker;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks once for the result of every node of an epoch whose result can still change, a portion at a time, and publishes
 * what is new.
 */
final class SettlementRound {

    /** Large enough to keep all questions busy, small enough that a crash repeats little. */
    private static final int PORTION = 500;

    private final Tracker tracker;
    private final Outlet outlet;
    private final String owner;
    private final InstantSource clock;
    private final Questions questions;

    SettlementRound(Tracker tracker, Outlet outlet, String owner, InstantSource clock, Questions questions) {
        this.tracker = tracker;
        this.outlet = outlet;
        this.owner = owner;
        this.clock = clock;
        this.questions = questions;
    }

    /** Always comes to an end, and always with a record of it, unless it is interrupted. */
    Round run(OpenEpoch epoch, Purpose purpose) throws InterruptedException {
        PollNotes notes = new PollNotes(tracker.settings(), purpose, owner, clock);
        LogFields.set(notes);
        try {
            outlet.begins(notes);
            Round round = attempt(epoch, notes);
            outlet.tell(round.poll());
            return round;
        } finally {
            LogFields.clear();
        }
    }

    private Round attempt(OpenEpoch epoch, PollNotes notes) throws InterruptedException {
        try {
            return settle(epoch, past(epoch.number(), notes), notes);
        } catch (SitesExhaustedException failure) {
            return new Round(failed(epoch, notes, failure), failure.isAnswered() ? Ending.WANTING : Ending.UNANSWERED);
        } catch (PublishFailedException failure) {
            return new Round(failed(epoch, notes, failure), Ending.UNANSWERED);
        }
    }

    private static Poll failed(OpenEpoch epoch, PollNotes notes, RuntimeException failure) {
        return notes.failed("Epoch " + epoch.number() + ": " + failure.getMessage());
    }

    private PastEpoch past(long epoch, PollNotes notes) {
        notes.learned(new NetworkFacts(epoch, null, null, null, null, null, null));
        return notes.timing(
                Stage.FETCH,
                () -> tracker.sites()
                        .first(notes.startedAt().plus(tracker.settings().pollDeadline()), site -> {
                            notes.asked(site.url());
                            return tracker.source().past(site, epoch);
                        }));
    }

    private Round settle(OpenEpoch epoch, PastEpoch past, PollNotes notes) throws InterruptedException {
        if (past.settled().isEmpty()) {
            return new Round(notes.failed("Epoch " + epoch.number() + " is not settled yet"), Ending.WANTING);
        }
        List<NodeIdentifier> nodes = epoch.unfinished(past);
        Results results = new Results(epoch, past, outlet, notes);
        List<NodeIdentifier> withoutResult = new ArrayList<>();
        long unanswered = 0;
        long unasked = 0;
        for (int from = 0; from < nodes.size(); from += PORTION) {
            List<NodeIdentifier> portion = nodes.subList(from, Math.min(from + PORTION, nodes.size()));
            Questions.Answers answers = questions.askAll(tracker, past, portion, notes);
            unanswered += answers.failed() + answers.none().size();
            unasked += answers.unasked();
            notes.skipped(Skip.OUT_OF_BOUNDS, answers.outOfBounds());
            withoutResult.addAll(answers.none());
            notes.timing(Stage.PUBLISH, () -> results.take(answers.given()));
        }
        withoutResult.forEach(epoch::hasNone);
        notes.skipped(Skip.NO_ANSWER, unanswered);
        if (results.waiting() > 0) {
            notes.skipped(Skip.NOT_READY, results.waiting());
            return new Round(
                    notes.failed("Epoch " + epoch.number() + ": nobody's reward is known yet"), Ending.WANTING);
        }
        if (epoch.unfinished(past).isEmpty()) {
            epoch.complete();
        }
        return new Round(notes.ok(), unasked == 0 ? Ending.DONE : Ending.WANTING);
    }
}
