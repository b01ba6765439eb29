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
import io.gonkapulse.trackerpoller.trackerapi.NodeHardwareBuilder;
import io.gonkapulse.trackerpoller.trackerapi.NodeHardwareBuilder.NodeHardware;
import io.gonkapulse.trackerpoller.trackerapi.NodeResult;
import io.gonkapulse.trackerpoller.trackerapi.ObservedTimeResolver;
import io.gonkapulse.trackerpoller.trackerapi.PastEpoch;
import io.gonkapulse.trackerpoller.trackerapi.PastEpoch.SettlementBlock;
import io.gonkapulse.trackerpoller.trackerapi.TrackerApi;
import io.gonkapulse.trackerpoller.trackerapi.gonkatracker.TrackerEpochHeader.RestartedTrackerCheck;
import io.gonkapulse.trackerpoller.trackerapi.gonkatracker.TrackerEpochResponse.CounterTime;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonBody;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonObjectShape;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The API of one tracker. */
final class GonkaTrackerApi implements TrackerApi {

    private static final int NOT_FOUND = 404;
    private static final int EPOCHS_UNTIL_FORFEITED = 2;

    /** A response about the running epoch has the rewards of this many epochs before it. */
    private static final int REWARD_EPOCHS = 5;

    /** For this long a tracker repeats a response before it reads the chain and stores the next row. */
    private static final Duration RESTART_WINDOW = Duration.ofMinutes(5);

    /** A block further in the future means that one of the clocks is wrong. */
    private static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(5);

    private final ChainEpochRegistry chain;
    private final ApiPrefixResolver prefixes = new ApiPrefixResolver();
    private final BlockTimeIndex blockTimes = new BlockTimeIndex();
    private final Map<String, Long> runningEpochs = new ConcurrentHashMap<>();
    private final Map<String, NewestRow> newestRows = new ConcurrentHashMap<>();
    private final EpochCache<Long> lastHeights = new EpochCache<>();
    private final RewardCache rewards = new RewardCache();
    private volatile Instant attemptStartedAt = Instant.MIN;

    /** The newest response that an address computed and stored, as far as it was observed. */
    private record NewestRow(long epoch, CounterTime time, Instant arrivedAt) {}

    GonkaTrackerApi(ChainEpochRegistry chain) {
        this.chain = chain;
    }

    @Override
    public CurrentEpochResponse currentEpoch(TrackerClient client) {
        JsonBody body = fetchCurrent(client);
        try {
            RestartedTrackerCheck rows = new RestartedTrackerCheck();
            TrackerEpochHeader header = readHeader(client, body, rows);
            return new TrackerEpochResponse(
                    body,
                    header,
                    rows.matches(header) ? newestRow(client, body, header) : counterTime(client, body, header));
        } catch (RuntimeException e) {
            body.close();
            throw e;
        }
    }

    private TrackerEpochHeader readHeader(TrackerClient client, JsonBody body, RestartedTrackerCheck rows) {
        TrackerEpochHeader header = body.read(
                        TrackerEpochHeader.shape(JsonObjectShape.of("index"), rows::add), TrackerEpochHeader::read)
                .withoutBlockAfter(body.arrivedAt().plus(MAX_CLOCK_SKEW));
        requireCredibleEpoch(body, header);
        blockTimes.add(header);
        runningEpochs.put(client.url(), header.epoch());
        return header;
    }

    /** An epoch that never existed would remain the newest one, because nothing settles it. */
    private void requireCredibleEpoch(JsonBody body, TrackerEpochHeader header) {
        Long height = header.newestHeight();
        long reached = height == null ? MessageLimits.MAX_EPOCH : Math.min(height, MessageLimits.MAX_EPOCH);
        long largest = Math.min(reached, chain.largestPossible(body.arrivedAt()).orElse(reached));
        if (header.epoch() > largest) {
            throw body.unusable(
                    "Expected epoch " + largest + " at most, according to the chain, got epoch " + header.epoch());
        }
    }

    /** Uses the time of the height, not the end of the assembly: the counters are as old as their height. */
    private CounterTime counterTime(TrackerClient client, JsonBody body, TrackerEpochHeader header) {
        Instant observedAt = ObservedTimeResolver.resolve(body.arrivedAt(), timeOfHeight(header), header.cachedAt());
        CounterTime time = new CounterTime(header.height(), observedAt);
        newestRows.put(client.url(), new NewestRow(header.epoch(), time, body.arrivedAt()));
        return time;
    }

    /** An estimate may be late, so it is capped at the time of the response. */
    private @Nullable Instant timeOfHeight(TrackerEpochHeader header) {
        Long height = header.height();
        TrackerEpochHeader.NewestBlock newest = header.newestBlock();
        if (height == null) {
            return null;
        }
        if (newest != null && newest.height() == height) {
            return newest.time();
        }
        Instant time = blockTimes.timeAt(height).orElse(null);
        Instant cachedAt = header.cachedAt();
        boolean late = newest == null && time != null && cachedAt != null && time.isAfter(cachedAt);
        return late ? cachedAt : time;
    }

    /**
     * After a restart the newest row is the last response before it. Once that is too old, the age of the row is
     * unknown.
     */
    private CounterTime newestRow(TrackerClient client, JsonBody body, TrackerEpochHeader header) {
        NewestRow row = newestRows.get(client.url());
        if (row == null
                || row.epoch() != header.epoch()
                || row.arrivedAt().plus(RESTART_WINDOW).isBefore(body.arrivedAt())) {
            throw body.unusable("Expected one row per participant, got all stored rows, as after a restart,"
                    + " with the time of the oldest only; retrying with the next poll");
        }
        return row.time();
    }

    /** A 404 may mean that the API moved to the other prefix. */
    private JsonBody fetchCurrent(TrackerClient client) {
        try {
            return JsonBody.fetch(
                    client, prefixes.request(client, "/inference/current").withRevalidation());
        } catch (TrackerRequestException e) {
            if (e.status().orElse(0) == NOT_FOUND) {
                prefixes.forget(client);
            }
            throw e;
        }
    }

    @Override
    public PastEpoch pastEpoch(TrackerClient client, long epoch) {
        long running = runningEpochAfter(client, epoch);
        TrackerPastEpoch past = fetchPastEpoch(client, epoch);
        attemptStartedAt = past.arrivedAt();
        boolean ended = epoch < running && !past.header().current();
        Long lastHeight = past.header().height();
        return new PastEpoch(
                epoch,
                past.members(),
                past.observedAt(),
                null,
                ended ? Optional.of(lastBlock(client, epoch, lastHeight)) : Optional.empty(),
                ended ? forfeited(client, epoch + EPOCHS_UNTIL_FORFEITED, running) : Optional.empty(),
                past.counters());
    }

    /** Uses the running epoch of this address: another one may be ahead, and the known one may have ended. */
    private long runningEpochAfter(TrackerClient client, long epoch) {
        Long known = runningEpochs.get(client.url());
        return known != null && known > epoch && blockTimes.hasBlocks() ? known : fetchRunningEpoch(client);
    }

    private long runningEpoch(TrackerClient client) {
        Long known = runningEpochs.get(client.url());
        return known == null ? fetchRunningEpoch(client) : known;
    }

    private long fetchRunningEpoch(TrackerClient client) {
        try (JsonBody body = fetchCurrent(client)) {
            return readHeader(client, body, new RestartedTrackerCheck()).epoch();
        }
    }

    private TrackerPastEpoch fetchPastEpoch(TrackerClient client, long epoch) {
        return TrackerPastEpoch.fetch(client, prefixes.request(client, "/inference/epochs/" + epoch), epoch);
    }

    private Optional<SettlementBlock> forfeited(TrackerClient client, long settledLast, long running) {
        if (settledLast >= running) {
            return Optional.empty();
        }
        return Optional.of(lastBlock(
                client,
                settledLast,
                lastHeights.get(settledLast).orElseGet(() -> fetchLastHeight(client, settledLast))));
    }

    private @Nullable Long fetchLastHeight(TrackerClient client, long epoch) {
        Long height = fetchPastEpoch(client, epoch).header().height();
        if (height != null) {
            lastHeights.put(epoch, height);
        }
        return height;
    }

    /** Trackers report the last height that counts for an epoch; the settlement follows a few blocks later. */
    private SettlementBlock lastBlock(TrackerClient client, long epoch, @Nullable Long height) {
        return Optional.ofNullable(height)
                .flatMap(blockTimes::timeAt)
                .filter(Instant.EPOCH::isBefore)
                .map(time -> new SettlementBlock(null, ObservedTimeResolver.resolve(attemptStartedAt, time)))
                .orElseThrow(() -> TrackerRequestException.of(
                        RequestFailureReason.UNUSABLE,
                        "Expected " + client.url() + " to report the last height of epoch " + epoch
                                + " and the time of a block, at least one is missing; retrying later"));
    }

    /**
     * The response of the epoch has all counters; one response about the running epoch has several rewards of a node.
     */
    @Override
    public Optional<NodeResult> nodeResult(TrackerClient client, PastEpoch epoch, NodeIdentifier node) {
        NodeCounters counters = epoch.counters().get(node);
        if (counters == null) {
            return resultOfEpoch(client, epoch.epoch(), node);
        }
        Optional<TrackerNodeResponse.EpochReward> cached = rewards.remove(node, epoch.epoch(), attemptStartedAt);
        if (cached.isPresent()) {
            return cached.map(reward -> reward.toResult(counters));
        }
        long running = runningEpoch(client);
        if (epoch.epoch() < running && epoch.epoch() >= running - REWARD_EPOCHS) {
            Optional<TrackerNodeResponse> current =
                    fetchNode(client, running, node, epoch.epoch()).filter(response -> response.covers(epoch.epoch()));
            if (current.isPresent()) {
                return current.flatMap(response -> response.reward(epoch.epoch()))
                        .map(reward -> reward.toResult(counters));
            }
        }
        return resultOfEpoch(client, epoch.epoch(), node);
    }

    /** For nodes that left, nodes without counters in the epoch's response, and old epochs. */
    private Optional<NodeResult> resultOfEpoch(TrackerClient client, long epoch, NodeIdentifier node) {
        return fetchNode(client, epoch, node, epoch)
                .flatMap(response -> response.result(epoch, () -> runningEpoch(client)));
    }

    private Optional<TrackerNodeResponse> fetchNode(
            TrackerClient client, long epoch, NodeIdentifier node, long requestedEpoch) {
        TrackerNodeResponse response = new TrackerNodeResponse(node);
        try (JsonBody body = JsonBody.fetch(client, participantRequest(client, node, epoch))) {
            body.read(response.shape(), response::read);
            rewards.putOthers(node, requestedEpoch, response.rewards(), body.arrivedAt());
        } catch (TrackerRequestException e) {
            if (e.status().orElse(0) == NOT_FOUND) {
                // The tracker also sends 404 for its own failures.
                return Optional.empty();
            }
            throw e;
        }
        return Optional.of(response);
    }

    @Override
    public Optional<NodeHardware> hardware(TrackerClient client, NodeIdentifier node) {
        NodeHardwareBuilder builder = new NodeHardwareBuilder();
        return JsonBody.fetch(
                client,
                participantRequest(client, node, runningEpoch(client)),
                TrackerNodeResponse.hardwareShape(builder),
                entry -> builder.build());
    }

    private TrackerRequest participantRequest(TrackerClient client, NodeIdentifier node, long epoch) {
        return prefixes.request(client, "/participants/" + node.value() + "?epoch_id=" + epoch);
    }
}
