package io.gonkapulse.trackerpoller.trackerapi.gonkanode;

import io.gonkapulse.trackerpoller.http.TrackerClient;
import io.gonkapulse.trackerpoller.http.TrackerRequest;
import io.gonkapulse.trackerpoller.trackerapi.ObservedTimeResolver;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonBody;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonEntry;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonObjectShape;
import io.gonkapulse.trackerpoller.trackerapi.json.MalformedValueException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The newest block of a chain node.
 *
 * @param earliest the oldest block that is not pruned
 */
record ChainStatus(
        long height,
        Instant blockTime,
        @Nullable Long earliest,
        @Nullable Boolean catchingUp,
        Instant arrivedAt) {

    private static final TrackerRequest REQUEST = TrackerRequest.get("/chain-rpc/status");
    private static final String HEIGHT = "result.sync_info.latest_block_height";
    private static final String TIME = "result.sync_info.latest_block_time";
    private static final String EARLIEST = "result.sync_info.earliest_block_height";
    private static final String CATCHING_UP = "result.sync_info.catching_up";
    private static final JsonObjectShape SHAPE = JsonObjectShape.of(HEIGHT, TIME, EARLIEST, CATCHING_UP);

    static ChainStatus fetch(TrackerClient client) {
        try (JsonBody body = JsonBody.fetch(client, REQUEST)) {
            return body.read(SHAPE, entry -> read(entry, body.arrivedAt()));
        }
    }

    private static ChainStatus read(JsonEntry entry, Instant arrivedAt) {
        Instant time = ObservedTimeResolver.nullIfUnset(entry.time(TIME));
        if (time == null) {
            throw new MalformedValueException("Expected the time of the newest block as " + TIME + ", got none");
        }
        return new ChainStatus(
                entry.requiredNumber(HEIGHT), time, entry.number(EARLIEST), entry.flag(CATCHING_UP), arrivedAt);
    }

    /** Whether the block may exist, so that a request makes sense. */
    boolean hasBlock(long block) {
        return earliest == null || block >= earliest;
    }

    Instant observedAt() {
        return ObservedTimeResolver.resolve(arrivedAt, blockTime);
    }
}
