package io.gonkapulse.trackerpoller.source.gonkanode;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.trackerpoller.site.Request;
import io.gonkapulse.trackerpoller.site.Site;
import io.gonkapulse.trackerpoller.site.SiteException;
import io.gonkapulse.trackerpoller.source.Entries;
import io.gonkapulse.trackerpoller.source.PastEpoch.Block;
import io.gonkapulse.trackerpoller.source.json.Entry;
import io.gonkapulse.trackerpoller.source.json.JsonBody;
import io.gonkapulse.trackerpoller.source.json.Shape;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who works in an epoch.
 *
 * @param createdAt the block that made the set, which is the one that paid the epoch before
 * @param proof the block that the answer is proved with, made about then
 */
record ActiveSet(
        long epoch, @Nullable Long createdAt, @Nullable Block proof, Map<NodeIdentifier, ActiveMember> members) {

    private static final String EPOCH = "active_participants.epoch_id";
    private static final String GROUP = "active_participants.epoch_group_id";
    private static final String CREATED_AT = "active_participants.created_at_block_height";
    private static final String PROOF_HEIGHT = "block.header.height";
    private static final String PROOF_TIME = "block.header.time";

    static ActiveSet askCurrent(Site site) {
        try (JsonBody body = JsonBody.ask(site, request("current").keeping())) {
            return read(body, null);
        }
    }

    static ActiveSet ask(Site site, long epoch) {
        try (JsonBody body = JsonBody.ask(site, request(Long.toString(epoch)))) {
            ActiveSet set = read(body, proof(body));
            if (set.epoch() != epoch) {
                throw body.unusable("Expected the set of epoch " + epoch + ", got that of epoch " + set.epoch());
            }
            return set;
        }
    }

    private static Request request(String which) {
        return Request.get("/v1/epochs/" + which + "/participants");
    }

    private static ActiveSet read(JsonBody body, @Nullable Block proof) {
        Map<NodeIdentifier, ActiveMember> members = new HashMap<>();
        Map<String, String> models = new HashMap<>();
        Shape shape = Shape.of(EPOCH, GROUP, CREATED_AT)
                .each("active_participants.participants", ActiveMember.SHAPE, entry -> add(entry, members, models));
        return body.read(shape, entry -> new ActiveSet(epoch(entry), entry.number(CREATED_AT), proof, members));
    }

    /** A block's time is wanted only where the block itself is forgotten: a set without it is as good as any. */
    private static @Nullable Block proof(JsonBody body) {
        try {
            return body.read(Shape.of(PROOF_HEIGHT, PROOF_TIME), ActiveSet::proof);
        } catch (SiteException e) {
            return null;
        }
    }

    private static @Nullable Block proof(Entry entry) {
        Long height = entry.number(PROOF_HEIGHT);
        Instant time = entry.time(PROOF_TIME);
        return height == null || time == null ? null : new Block(height, time);
    }

    /** The first of several entries of one node; there are few models, so each name is kept once. */
    private static void add(Entry entry, Map<NodeIdentifier, ActiveMember> members, Map<String, String> models) {
        Entries.node(entry).ifPresent(node -> {
            ActiveMember member = ActiveMember.read(entry);
            String model = member.model();
            members.putIfAbsent(
                    node, model == null ? member : member.withModel(models.computeIfAbsent(model, same -> same)));
        });
    }

    /** The group's number is the older name of the same, and either may be missing. */
    private static long epoch(Entry entry) {
        Long epoch = entry.number(EPOCH);
        return epoch == null ? entry.required(GROUP) : epoch;
    }
}
