package io.gonkapulse.trackerpoller.source.gonkanode;

import io.gonkapulse.trackerpoller.site.Request;
import io.gonkapulse.trackerpoller.site.Site;
import io.gonkapulse.trackerpoller.source.Moments;
import io.gonkapulse.trackerpoller.source.json.Entry;
import io.gonkapulse.trackerpoller.source.json.JsonBody;
import io.gonkapulse.trackerpoller.source.json.MalformedException;
import io.gonkapulse.trackerpoller.source.json.Shape;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The newest block that a node has.
 *
 * @param earliest the oldest block that it has kept
 */
record ChainStatus(
        long height,
        Instant blockTime,
        @Nullable Long earliest,
        @Nullable Boolean catchingUp,
        Instant arrivedAt) {

    private static final Request REQUEST = Request.get("/chain-rpc/status");
    private static final String HEIGHT = "result.sync_info.latest_block_height";
    private static final String TIME = "result.sync_info.latest_block_time";
    private static final String EARLIEST = "result.sync_info.earliest_block_height";
    private static final String CATCHING_UP = "result.sync_info.catching_up";
    private static final Shape SHAPE = Shape.of(HEIGHT, TIME, EARLIEST, CATCHING_UP);

    static ChainStatus ask(Site site) {
        try (JsonBody body = JsonBody.ask(site, REQUEST)) {
            return body.read(SHAPE, entry -> read(entry, body.arrivedAt()));
        }
    }

    private static ChainStatus read(Entry entry, Instant arrivedAt) {
        Instant time = Moments.ifSet(entry.time(TIME));
        if (time == null) {
            throw new MalformedException("Expected the time of the newest block as " + TIME + ", got none");
        }
        return new ChainStatus(
                entry.required(HEIGHT), time, entry.number(EARLIEST), entry.flag(CATCHING_UP), arrivedAt);
    }

    /** Whether it makes sense to ask for a block. */
    boolean keeps(long block) {
        return earliest == null || block >= earliest;
    }

    Instant observedAt() {
        return Moments.observed(arrivedAt, blockTime);
    }
}
