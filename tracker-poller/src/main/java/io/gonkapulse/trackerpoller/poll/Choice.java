package io.gonkapulse.trackerpoller.poll;

import io.gonkapulse.trackerpoller.poll.Watermark.Verdict;
import io.gonkapulse.trackerpoller.site.Site;
import io.gonkapulse.trackerpoller.site.SiteException;
import io.gonkapulse.trackerpoller.site.SitesExhaustedException;
import io.gonkapulse.trackerpoller.source.CurrentEpoch;
import io.gonkapulse.trackerpoller.source.Skip;
import io.gonkapulse.trackerpoller.telling.PollNotes;
import io.gonkapulse.trackerpoller.telling.PollNotes.Stage;
import io.gonkapulse.trackerpoller.tracker.Tracker;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks the addresses of a tracker until one has a fresh answer; else takes the newest of those that were not. */
final class Choice {

    private final Tracker tracker;
    private final Watermark watermark;
    private final PollNotes notes;
    private @Nullable Candidate fallback;
    private Map<Skip, Long> unusable = Map.of();

    Choice(Tracker tracker, Watermark watermark, PollNotes notes) {
        this.tracker = tracker;
        this.watermark = watermark;
        this.notes = notes;
    }

    Candidate make(Instant deadline) {
        try {
            Candidate fresh = tracker.sites().first(deadline, this::ask);
            forgetFallback();
            return fresh;
        } catch (SitesExhaustedException exhausted) {
            Candidate best = fallback;
            if (best == null) {
                unusable.forEach(notes::skipped);
                throw exhausted;
            }
            return best;
        } catch (RuntimeException unforeseen) {
            forgetFallback();
            throw unforeseen;
        }
    }

    private Candidate ask(Site site) {
        notes.asked(site.url());
        CurrentEpoch epoch = notes.timing(Stage.FETCH, () -> tracker.source().current(site));
        try {
            Candidate candidate = consider(site, epoch);
            if (candidate.verdict() == Verdict.FRESH) {
                return candidate;
            }
            keepTheNewer(candidate);
        } catch (RuntimeException unusable) {
            epoch.close();
            throw unusable;
        }
        throw SiteException.of(SiteException.Reason.UNUSABLE, site.url() + " answered with old data");
    }

    private Candidate consider(Site site, CurrentEpoch epoch) {
        Roll roll = notes.timing(Stage.PARSE, () -> Roll.call(epoch));
        if (roll.nodes().isEmpty()) {
            unusable = roll.skipped();
            throw SiteException.of(
                    SiteException.Reason.UNUSABLE,
                    site.url() + " named no participant that can be used: expected those of epoch " + epoch.epoch());
        }
        return new Candidate(site.url(), epoch, roll, watermark.judge(epoch));
    }

    private void keepTheNewer(Candidate candidate) {
        Candidate kept = fallback;
        if (kept == null || candidate.isNewerThan(kept)) {
            forgetFallback();
            fallback = candidate;
        } else {
            candidate.close();
        }
    }

    private void forgetFallback() {
        if (fallback != null) {
            fallback.close();
            fallback = null;
        }
    }
}
