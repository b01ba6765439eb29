package io.gonkapulse.trackerpoller.trackerapi.gonkatracker;

import io.gonkapulse.contracts.MessageLimits;
import io.gonkapulse.contracts.NodeCounters;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.trackerpoller.http.TrackerClient;
import io.gonkapulse.trackerpoller.http.TrackerRequest;
import io.gonkapulse.trackerpoller.http.TrackerRequestException;
import io.gonkapulse.trackerpoller.http.TrackerRequestException.RequestFailureReason;
import io.gonkapulse.trackerpoller.trackerapi.ChainEpochRegistry;
import io.gonkapulse.trackerpoller.trackerapi.CurrentEpochResponse;
import io.gonkapulse.trackerpoller.trackerapi.EpochCache;
import io.gonkapulse.trackerpoller.trackerapi.NodeHardware;
import io.gonkapulse.trackerpoller.trackerapi.NodeHardwareBuilder;
import io.gonkapulse.trackerpoller.trackerapi.NodeResult;
import io.gonkapulse.trackerpoller.trackerapi.ObservedTimeResolver;
import io.gonkapulse.trackerpoller.trackerapi.PastEpoch;
import io.gonkapulse.trackerpoller.trackerapi.PastEpoch.SettlementBlock;
import io.gonkapulse.trackerpoller.trackerapi.TrackerApi;
import io.gonkapulse.trackerpoller.trackerapi.gonkatracker.TrackerEpochResponse.CounterTime;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonBody;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonObjectShape;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What one tracker is asked. */
final class GonkaTrackerApi implements TrackerApi {

    private static final int NOT_FOUND = 404;
    private static final int EPOCHS_UNTIL_FORFEITED = 2;

    /** How many epochs before the running one an answer about the running one tells the rewards of. */
    private static final int REWARD_EPOCHS = 5;

    /** As long as a tracker repeats an answer before it looks at the chain and stores the next row. */
    private static final Duration RESTART_WINDOW = Duration.ofMinutes(5);

    /** A block further ahead of our clock than this tells nothing: one of the clocks is wrong. */
    private static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(5);

    private final ChainEpochRegistry chain;
    private final ApiPrefixResolver prefixes = new ApiPrefixResolver();
    private final BlockTimeIndex blockTimes = new BlockTimeIndex();
    private final Map<String, Long> runningEpochs = new ConcurrentHashMap<>();
    private final Map<String, NewestRow> newestRows = new ConcurrentHashMap<>();
    private final EpochCache<Long> lastHeights = new EpochCache<>();
    private final RewardCache rewards = new RewardCache();
    private volatile Instant attemptStartedAt = Instant.MIN;

    /** The newest answer that a site put together and stored, as far as we heard it. */
    private record NewestRow(long epoch, CounterTime time, Instant arrivedAt) {}

    GonkaTrackerApi(ChainEpochRegistry chain) {
        this.chain = chain;
    }

    @Override
    public CurrentEpochResponse currentEpoch(TrackerClient site) {
        JsonBody body = fetchCurrent(site);
        try {
            StoredRowsCheck rows = new StoredRowsCheck();
            TrackerEpochHeader head = readHeader(site, body, rows);
            return new TrackerEpochResponse(
                    body, head, rows.matches(head) ? newestRow(site, body, head) : counterTime(site, body, head));
        } catch (RuntimeException e) {
            body.close();
            throw e;
        }
    }

    private TrackerEpochHeader readHeader(TrackerClient site, JsonBody body, StoredRowsCheck rows) {
        TrackerEpochHeader head = body.read(
                        TrackerEpochHeader.shape(JsonObjectShape.of("index"), rows::add), TrackerEpochHeader::read)
                .withoutBlockAfter(body.arrivedAt().plus(MAX_CLOCK_SKEW));
        requireCredibleEpoch(body, head);
        blockTimes.add(head);
        runningEpochs.put(site.url(), head.epoch());
        return head;
    }

    /** An epoch that was never reached would stay the newest for good: nothing settles it. */
    private void requireCredibleEpoch(JsonBody body, TrackerEpochHeader head) {
        Long height = head.newestHeight();
        long reached = height == null ? MessageLimits.MAX_EPOCH : Math.min(height, MessageLimits.MAX_EPOCH);
        long largest = Math.min(reached, chain.largestPossible(body.arrivedAt()).orElse(reached));
        if (head.epoch() > largest) {
            throw body.unusable("Expected epoch " + largest + " at the most, as far as the chain is known, got epoch "
                    + head.epoch());
        }
    }

    /** Never the end of the assembly, where the time of the height is known: counters are as old as their height. */
    private CounterTime counterTime(TrackerClient site, JsonBody body, TrackerEpochHeader head) {
        Instant observedAt = ObservedTimeResolver.resolve(body.arrivedAt(), timeOfHeight(head), head.cachedAt());
        CounterTime time = new CounterTime(head.height(), observedAt);
        newestRows.put(site.url(), new NewestRow(head.epoch(), time, body.arrivedAt()));
        return time;
    }

    /** Worked out from blocks that were told before, it may be somewhat late, but no later than the answer. */
    private @Nullable Instant timeOfHeight(TrackerEpochHeader head) {
        Long height = head.height();
        TrackerEpochHeader.NewestBlock newest = head.newestBlock();
        if (height == null) {
            return null;
        }
        if (newest != null && newest.height() == height) {
            return newest.time();
        }
        Instant time = blockTimes.timeAt(height).orElse(null);
        Instant cachedAt = head.cachedAt();
        boolean late = newest == null && time != null && cachedAt != null && time.isAfter(cachedAt);
        return late ? cachedAt : time;
    }

    /** What the site told just before its restart is its newest row; later, nobody knows how old the newest row is. */
    private CounterTime newestRow(TrackerClient site, JsonBody body, TrackerEpochHeader head) {
        NewestRow row = newestRows.get(site.url());
        if (row == null
                || row.epoch() != head.epoch()
                || row.arrivedAt().plus(RESTART_WINDOW).isBefore(body.arrivedAt())) {
            throw body.unusable("Expected one row of each participant, got all stored rows, as after a restart,"
                    + " and only the time of the oldest; it is asked again");
        }
        return row.time();
    }

    private JsonBody fetchCurrent(TrackerClient site) {
        try {
            return JsonBody.fetch(
                    site, prefixes.request(site, "/inference/current").withRevalidation());
        } catch (TrackerRequestException e) {
            if (e.status().orElse(0) == NOT_FOUND) {
                prefixes.forget(site);
            }
            throw e;
        }
    }

    @Override
    public PastEpoch pastEpoch(TrackerClient site, long epoch) {
        long running = runningEpochAfter(site, epoch);
        TrackerPastEpoch past = fetchPastEpoch(site, epoch);
        attemptStartedAt = past.arrivedAt();
        boolean over = epoch < running && !past.header().current();
        Long lastHeight = past.header().height();
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
    private long runningEpochAfter(TrackerClient site, long epoch) {
        Long known = runningEpochs.get(site.url());
        return known != null && known > epoch && blockTimes.hasBlocks() ? known : fetchRunningEpoch(site);
    }

    private long runningEpoch(TrackerClient site) {
        Long known = runningEpochs.get(site.url());
        return known == null ? fetchRunningEpoch(site) : known;
    }

    private long fetchRunningEpoch(TrackerClient site) {
        try (JsonBody body = fetchCurrent(site)) {
            return readHeader(site, body, new StoredRowsCheck()).epoch();
        }
    }

    private TrackerPastEpoch fetchPastEpoch(TrackerClient site, long epoch) {
        return TrackerPastEpoch.fetch(site, prefixes.request(site, "/inference/epochs/" + epoch), epoch);
    }

    private Optional<SettlementBlock> forfeited(TrackerClient site, long settledLast, long running) {
        if (settledLast >= running) {
            return Optional.empty();
        }
        return Optional.of(lastBlock(
                site, settledLast, lastHeights.get(settledLast).orElseGet(() -> fetchLastHeight(site, settledLast))));
    }

    private @Nullable Long fetchLastHeight(TrackerClient site, long epoch) {
        Long height = fetchPastEpoch(site, epoch).header().height();
        if (height != null) {
            lastHeights.put(epoch, height);
        }
        return height;
    }

    /** An epoch is settled a few blocks after the last one that counts for it, whose height trackers tell. */
    private SettlementBlock lastBlock(TrackerClient site, long epoch, @Nullable Long height) {
        return Optional.ofNullable(height)
                .flatMap(blockTimes::timeAt)
                .filter(Instant.EPOCH::isBefore)
                .map(time -> new SettlementBlock(null, ObservedTimeResolver.resolve(attemptStartedAt, time)))
                .orElseThrow(() -> TrackerRequestException.of(
                        RequestFailureReason.UNUSABLE,
                        "Expected " + site.url() + " to tell the last height of epoch " + epoch
                                + " and the time of any block, got neither or one of them; ask again once it does"));
    }

    /** The epoch's own answer tells all counters; one answer about the running epoch tells a node's rewards of several. */
    @Override
    public Optional<NodeResult> nodeResult(TrackerClient site, PastEpoch epoch, NodeIdentifier node) {
        NodeCounters counters = epoch.counters().get(node);
        if (counters == null) {
            return resultOfEpoch(site, epoch.epoch(), node);
        }
        Optional<TrackerNodeResponse.EpochReward> cached = rewards.remove(node, epoch.epoch(), attemptStartedAt);
        if (cached.isPresent()) {
            return cached.map(reward -> reward.toResult(counters));
        }
        long running = runningEpoch(site);
        if (epoch.epoch() < running && epoch.epoch() >= running - REWARD_EPOCHS) {
            Optional<TrackerNodeResponse> current =
                    fetchNode(site, running, node, epoch.epoch()).filter(answer -> answer.covers(epoch.epoch()));
            if (current.isPresent()) {
                return current.flatMap(answer -> answer.reward(epoch.epoch())).map(reward -> reward.toResult(counters));
            }
        }
        return resultOfEpoch(site, epoch.epoch(), node);
    }

    /** For those whose counters the epoch's answer did not tell, who left since, or whose epoch lies too far back. */
    private Optional<NodeResult> resultOfEpoch(TrackerClient site, long epoch, NodeIdentifier node) {
        return fetchNode(site, epoch, node, epoch).flatMap(told -> told.result(epoch, () -> runningEpoch(site)));
    }

    private Optional<TrackerNodeResponse> fetchNode(
            TrackerClient site, long epoch, NodeIdentifier node, long requestedEpoch) {
        TrackerNodeResponse response = new TrackerNodeResponse(node);
        try (JsonBody body = JsonBody.fetch(site, participantRequest(site, node, epoch))) {
            body.read(response.shape(), response::read);
            rewards.putOthers(node, requestedEpoch, response.rewards(), body.arrivedAt());
        } catch (TrackerRequestException e) {
            if (e.status().orElse(0) == NOT_FOUND) {
                // It hides the tracker's own trouble, too.
                return Optional.empty();
            }
            throw e;
        }
        return Optional.of(response);
    }

    @Override
    public Optional<NodeHardware> hardware(TrackerClient site, NodeIdentifier node) {
        NodeHardwareBuilder tally = new NodeHardwareBuilder();
        return JsonBody.fetch(
                site,
                participantRequest(site, node, runningEpoch(site)),
                TrackerNodeResponse.hardwareShape(tally),
                entry -> tally.build());
    }

    private TrackerRequest participantRequest(TrackerClient site, NodeIdentifier node, long epoch) {
        return prefixes.request(site, "/participants/" + node.value() + "?epoch_id=" + epoch);
    }
}
