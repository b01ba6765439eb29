package io.gonkapulse.trackerpoller.source.gonkatracker;

import io.gonkapulse.contracts.Counters;
import io.gonkapulse.contracts.FactLimits;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.trackerpoller.site.Request;
import io.gonkapulse.trackerpoller.site.Site;
import io.gonkapulse.trackerpoller.site.SiteException;
import io.gonkapulse.trackerpoller.site.SiteException.Reason;
import io.gonkapulse.trackerpoller.source.ByEpoch;
import io.gonkapulse.trackerpoller.source.ChainEpochs;
import io.gonkapulse.trackerpoller.source.CurrentEpoch;
import io.gonkapulse.trackerpoller.source.Hardware;
import io.gonkapulse.trackerpoller.source.HardwareTally;
import io.gonkapulse.trackerpoller.source.Moments;
import io.gonkapulse.trackerpoller.source.NodeResult;
import io.gonkapulse.trackerpoller.source.PastEpoch;
import io.gonkapulse.trackerpoller.source.PastEpoch.Block;
import io.gonkapulse.trackerpoller.source.Source;
import io.gonkapulse.trackerpoller.source.gonkatracker.TrackerEpoch.CounterTime;
import io.gonkapulse.trackerpoller.source.json.JsonBody;
import io.gonkapulse.trackerpoller.source.json.Shape;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What one tracker is asked. */
final class GonkaTrackerSource implements Source {

    private static final int NOT_FOUND = 404;
    private static final int EPOCHS_UNTIL_FORFEITED = 2;

    /** How many epochs before the running one an answer about the running one tells the rewards of. */
    private static final int EPOCHS_OF_REWARDS = 5;

    /** As long as a tracker repeats an answer before it looks at the chain and stores the next row. */
    private static final Duration RESTARTED_WITHIN = Duration.ofMinutes(5);

    /** A block further ahead of our clock than this tells nothing: one of the clocks is wrong. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(5);

    private final ChainEpochs chain;
    private final ApiPrefixes prefixes = new ApiPrefixes();
    private final BlockTimes blockTimes = new BlockTimes();
    private final Map<String, Long> runningEpochs = new ConcurrentHashMap<>();
    private final Map<String, NewestRow> newestRows = new ConcurrentHashMap<>();
    private final ByEpoch<Long> lastHeights = new ByEpoch<>();
    private final RewardCache rewards = new RewardCache();
    private volatile Instant roundBegan = Instant.MIN;

    /** The newest answer that a site put together and stored, as far as we heard it. */
    private record NewestRow(long epoch, CounterTime time, Instant arrivedAt) {}

    GonkaTrackerSource(ChainEpochs chain) {
        this.chain = chain;
    }

    @Override
    public CurrentEpoch current(Site site) {
        JsonBody body = askCurrent(site);
        try {
            StoredRows rows = new StoredRows();
            TrackerHead head = readHead(site, body, rows);
            return new TrackerEpoch(
                    body, head, rows.areIn(head) ? newestRow(site, body, head) : counterTime(site, body, head));
        } catch (RuntimeException e) {
            body.close();
            throw e;
        }
    }

    private TrackerHead readHead(Site site, JsonBody body, StoredRows rows) {
        TrackerHead head = body.read(TrackerHead.shape(Shape.of("index"), rows::add), TrackerHead::read)
                .withoutBlockAfter(body.arrivedAt().plus(CLOCKS_APART));
        requireCredibleEpoch(body, head);
        blockTimes.tell(head);
        runningEpochs.put(site.url(), head.epoch());
        return head;
    }

    /** An epoch that was never reached would stay the newest for good: nothing settles it. */
    private void requireCredibleEpoch(JsonBody body, TrackerHead head) {
        Long height = head.newestHeight();
        long reached = height == null ? FactLimits.MAX_EPOCH : Math.min(height, FactLimits.MAX_EPOCH);
        long largest = Math.min(reached, chain.largest(body.arrivedAt()).orElse(reached));
        if (head.epoch() > largest) {
            throw body.unusable("Expected epoch " + largest + " at the most, as far as the chain is known, got epoch "
                    + head.epoch());
        }
    }

    /** Never the end of the assembly, where the time of the height is known: counters are as old as their height. */
    private CounterTime counterTime(Site site, JsonBody body, TrackerHead head) {
        Instant observedAt = Moments.observed(body.arrivedAt(), timeOfHeight(head), head.cachedAt());
        CounterTime time = new CounterTime(head.height(), observedAt);
        newestRows.put(site.url(), new NewestRow(head.epoch(), time, body.arrivedAt()));
        return time;
    }

    /** Worked out from blocks that were told before, it may be somewhat late, but no later than the answer. */
    private @Nullable Instant timeOfHeight(TrackerHead head) {
        Long height = head.height();
        TrackerHead.Block newest = head.newestBlock();
        if (height == null) {
            return null;
        }
        if (newest != null && newest.height() == height) {
            return newest.time();
        }
        Instant time = blockTimes.at(height).orElse(null);
        Instant cachedAt = head.cachedAt();
        boolean late = newest == null && time != null && cachedAt != null && time.isAfter(cachedAt);
        return late ? cachedAt : time;
    }

    /** What the site told just before its restart is its newest row; later, nobody knows how old the newest row is. */
    private CounterTime newestRow(Site site, JsonBody body, TrackerHead head) {
        NewestRow row = newestRows.get(site.url());
        if (row == null
                || row.epoch() != head.epoch()
                || row.arrivedAt().plus(RESTARTED_WITHIN).isBefore(body.arrivedAt())) {
            throw body.unusable("Expected one row of each participant, got all stored rows, as after a restart,"
                    + " and only the time of the oldest; it is asked again");
        }
        return row.time();
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
        roundBegan = past.arrivedAt();
        boolean over = epoch < running && !past.head().current();
        Long lastHeight = past.head().height();
        return new PastEpoch(
                epoch,
                past.members(),
                past.observedAt(),
                null,
                over ? Optional.of(lastBlock(site, epoch, lastHeight)) : Optional.empty(),
                over ? forfeited(site, epoch + EPOCHS_UNTIL_FORFEITED, running) : Optional.empty(),
                past.counters());
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
        try (JsonBody body = askCurrent(site)) {
            return readHead(site, body, new StoredRows()).epoch();
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
                .filter(Instant.EPOCH::isBefore)
                .map(time -> new Block(null, Moments.observed(roundBegan, time)))
                .orElseThrow(() -> SiteException.of(
                        Reason.UNUSABLE,
                        "Expected " + site.url() + " to tell the last height of epoch " + epoch
                                + " and the time of any block, got neither or one of them; ask again once it does"));
    }

    /** The epoch's own answer tells all counters; one answer about the running epoch tells a node's rewards of several. */
    @Override
    public Optional<NodeResult> result(Site site, PastEpoch epoch, NodeIdentifier node) {
        Counters counters = epoch.counters().get(node);
        if (counters == null) {
            return resultOfEpoch(site, epoch.epoch(), node);
        }
        Optional<TrackerNode.Reward> told = rewards.take(node, epoch.epoch(), roundBegan);
        if (told.isPresent()) {
            return told.map(reward -> reward.with(counters));
        }
        long running = running(site);
        if (epoch.epoch() < running && epoch.epoch() >= running - EPOCHS_OF_REWARDS) {
            Optional<TrackerNode> current =
                    askNode(site, running, node, epoch.epoch()).filter(answer -> answer.reaches(epoch.epoch()));
            if (current.isPresent()) {
                return current.flatMap(answer -> answer.reward(epoch.epoch())).map(reward -> reward.with(counters));
            }
        }
        return resultOfEpoch(site, epoch.epoch(), node);
    }

    /** For those whose counters the epoch's answer did not tell, who left since, or whose epoch lies too far back. */
    private Optional<NodeResult> resultOfEpoch(Site site, long epoch, NodeIdentifier node) {
        return askNode(site, epoch, node, epoch).flatMap(told -> told.result(epoch, () -> running(site)));
    }

    private Optional<TrackerNode> askNode(Site site, long epoch, NodeIdentifier node, long wanted) {
        TrackerNode told = new TrackerNode(node);
        try (JsonBody body = JsonBody.ask(site, participant(site, node, epoch))) {
            body.read(told.shape(), told::read);
            rewards.putOthers(node, wanted, told.rewards(), body.arrivedAt());
        } catch (SiteException e) {
            if (e.status().orElse(0) == NOT_FOUND) {
                // It hides the tracker's own trouble, too.
                return Optional.empty();
            }
            throw e;
        }
        return Optional.of(told);
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
