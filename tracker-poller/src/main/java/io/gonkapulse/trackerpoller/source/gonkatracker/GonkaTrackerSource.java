package io.gonkapulse.trackerpoller.source.gonkatracker;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.trackerpoller.site.Request;
import io.gonkapulse.trackerpoller.site.Site;
import io.gonkapulse.trackerpoller.site.SiteException;
import io.gonkapulse.trackerpoller.site.SiteException.Reason;
import io.gonkapulse.trackerpoller.source.ByEpoch;
import io.gonkapulse.trackerpoller.source.CurrentEpoch;
import io.gonkapulse.trackerpoller.source.Hardware;
import io.gonkapulse.trackerpoller.source.HardwareTally;
import io.gonkapulse.trackerpoller.source.NodeResult;
import io.gonkapulse.trackerpoller.source.PastEpoch;
import io.gonkapulse.trackerpoller.source.PastEpoch.Block;
import io.gonkapulse.trackerpoller.source.Source;
import io.gonkapulse.trackerpoller.source.json.JsonBody;
import io.gonkapulse.trackerpoller.source.json.Shape;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What one tracker is asked. */
final class GonkaTrackerSource implements Source {

    private static final int NOT_FOUND = 404;
    private static final int EPOCHS_UNTIL_FORFEITED = 2;

    private final ApiPrefixes prefixes = new ApiPrefixes();
    private final BlockTimes blockTimes = new BlockTimes();
    private final Map<String, Long> runningEpochs = new ConcurrentHashMap<>();
    private final ByEpoch<Long> lastHeights = new ByEpoch<>();

    @Override
    public CurrentEpoch current(Site site) {
        JsonBody body = askCurrent(site);
        try {
            TrackerHead head = body.read(TrackerHead.shape(Shape.of(), entry -> {}), TrackerHead::read);
            blockTimes.tell(head);
            runningEpochs.put(site.url(), head.epoch());
            return new TrackerEpoch(body, head);
        } catch (RuntimeException e) {
            body.close();
            throw e;
        }
    }

    private JsonBody askCurrent(Site site) {
        try {
            return JsonBody.ask(
                    site, prefixes.request(site, "/inference/current").keeping());
        } catch (SiteException e) {
            if (e.status().orElse(0) == NOT_FOUND) {
                prefixes.forget(site);
            }
            throw e;
        }
    }

    @Override
    public PastEpoch past(Site site, long epoch) {
        long running = runningPast(site, epoch);
        TrackerPast past = askPast(site, epoch);
        boolean over = epoch < running && !past.head().current();
        Long lastHeight = past.head().height();
        return new PastEpoch(
                epoch,
                past.members(),
                past.observedAt(),
                null,
                over ? Optional.of(lastBlock(site, epoch, lastHeight)) : Optional.empty(),
                over ? forfeited(site, epoch + EPOCHS_UNTIL_FORFEITED, running) : Optional.empty());
    }

    /** What the site itself says runs: another one may be ahead of it, and its epoch may have ended since it was asked. */
    private long runningPast(Site site, long epoch) {
        Long known = runningEpochs.get(site.url());
        return known != null && known > epoch && blockTimes.any() ? known : askRunning(site);
    }

    private long running(Site site) {
        Long known = runningEpochs.get(site.url());
        return known == null ? askRunning(site) : known;
    }

    private long askRunning(Site site) {
        try (CurrentEpoch current = current(site)) {
            return current.epoch();
        }
    }

    private TrackerPast askPast(Site site, long epoch) {
        return TrackerPast.ask(site, prefixes.request(site, "/inference/epochs/" + epoch), epoch);
    }

    private Optional<Block> forfeited(Site site, long settledLast, long running) {
        if (settledLast >= running) {
            return Optional.empty();
        }
        return Optional.of(lastBlock(
                site, settledLast, lastHeights.get(settledLast).orElseGet(() -> askLastHeight(site, settledLast))));
    }

    private @Nullable Long askLastHeight(Site site, long epoch) {
        Long height = askPast(site, epoch).head().height();
        if (height != null) {
            lastHeights.put(epoch, height);
        }
        return height;
    }

    /** An epoch is settled a few blocks after the last one that counts for it, whose height trackers tell. */
    private Block lastBlock(Site site, long epoch, @Nullable Long height) {
        return Optional.ofNullable(height)
                .flatMap(blockTimes::at)
                .map(time -> new Block(null, time))
                .orElseThrow(() -> SiteException.of(
                        Reason.UNUSABLE,
                        "Expected " + site.url() + " to tell the last height of epoch " + epoch
                                + " and the time of any block, got neither or one of them; ask again once it does"));
    }

    @Override
    public Optional<NodeResult> result(Site site, PastEpoch epoch, NodeIdentifier node) {
        TrackerNode told = new TrackerNode(node);
        try {
            JsonBody.ask(site, participant(site, node, epoch.epoch()), told.shape(), told::read);
        } catch (SiteException e) {
            if (e.status().orElse(0) == NOT_FOUND) {
                // It hides the tracker's own trouble, too.
                return Optional.empty();
            }
            throw e;
        }
        return told.result(epoch.epoch(), () -> running(site));
    }

    @Override
    public Optional<Hardware> hardware(Site site, NodeIdentifier node) {
        HardwareTally tally = new HardwareTally();
        return JsonBody.ask(
                site, participant(site, node, running(site)), TrackerNode.hardware(tally), entry -> tally.hardware());
    }

    private Request participant(Site site, NodeIdentifier node, long epoch) {
        return prefixes.request(site, "/participants/" + node.value() + "?epoch_id=" + epoch);
    }
}
