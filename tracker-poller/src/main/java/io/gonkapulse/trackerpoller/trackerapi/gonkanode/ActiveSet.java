package io.gonkapulse.trackerpoller.trackerapi.gonkanode;

import io.gonkapulse.contracts.MessageLimits;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.trackerpoller.http.TrackerClient;
import io.gonkapulse.trackerpoller.http.TrackerRequest;
import io.gonkapulse.trackerpoller.http.TrackerRequestException;
import io.gonkapulse.trackerpoller.trackerapi.ParticipantParser;
import io.gonkapulse.trackerpoller.trackerapi.PastEpoch.SettlementBlock;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonBody;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonEntry;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonObjectShape;
import io.gonkapulse.trackerpoller.trackerapi.json.MalformedValueException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of an epoch.
 *
 * @param createdAt the block that created the set and paid the epoch before
 * @param proof the block of the response's proof, close to {@code createdAt}
 */
record ActiveSet(
        long epoch,
        @Nullable Long createdAt,
        @Nullable SettlementBlock proof,
        Map<NodeIdentifier, ActiveMember> members) {

    private static final String EPOCH = "active_participants.epoch_id";
    private static final String GROUP = "active_participants.epoch_group_id";
    private static final String CREATED_AT = "active_participants.created_at_block_height";
    private static final String PROOF_HEIGHT = "block.header.height";
    private static final String PROOF_TIME = "block.header.time";

    static ActiveSet fetchCurrent(TrackerClient client) {
        try (JsonBody body = JsonBody.fetch(client, request("current").withRevalidation())) {
            return read(body, null);
        }
    }

    static ActiveSet fetch(TrackerClient client, long epoch) {
        try (JsonBody body = JsonBody.fetch(client, request(Long.toString(epoch)))) {
            ActiveSet set = read(body, proof(body));
            if (set.epoch() != epoch) {
                throw body.unusable("Expected the set of epoch " + epoch + ", got that of epoch " + set.epoch());
            }
            return set;
        }
    }

    private static TrackerRequest request(String which) {
        return TrackerRequest.get("/v1/epochs/" + which + "/participants");
    }

    private static ActiveSet read(JsonBody body, @Nullable SettlementBlock proof) {
        Map<NodeIdentifier, ActiveMember> members = new HashMap<>();
        Map<List<String>, List<String>> models = new HashMap<>();
        JsonObjectShape shape = JsonObjectShape.of(EPOCH, GROUP, CREATED_AT)
                .array("active_participants.participants", ActiveMember.SHAPE, entry -> add(entry, members, models));
        return body.read(shape, entry -> new ActiveSet(epoch(entry), entry.number(CREATED_AT), proof, members));
    }

    /** The proof is only a substitute for a pruned block; without it the set is still valid. */
    private static @Nullable SettlementBlock proof(JsonBody body) {
        try {
            return body.read(JsonObjectShape.of(PROOF_HEIGHT, PROOF_TIME), ActiveSet::proof);
        } catch (TrackerRequestException e) {
            return null;
        }
    }

    private static @Nullable SettlementBlock proof(JsonEntry entry) {
        Long height = entry.number(PROOF_HEIGHT);
        Instant time = entry.time(PROOF_TIME);
        return height == null || time == null ? null : new SettlementBlock(height, time);
    }

    /** The first of duplicate entries wins. Members share equal lists of models, because few different lists exist. */
    private static void add(
            JsonEntry entry, Map<NodeIdentifier, ActiveMember> members, Map<List<String>, List<String>> models) {
        ParticipantParser.parseNode(entry).ifPresent(node -> {
            ActiveMember member = ActiveMember.read(entry);
            members.putIfAbsent(
                    node, new ActiveMember(member.weight(), models.computeIfAbsent(member.models(), same -> same)));
        });
    }

    /** Older nodes send the group id only, newer ones may omit it. */
    private static long epoch(JsonEntry entry) {
        Long epoch = entry.number(EPOCH);
        return epoch == null ? entry.requiredNumber(GROUP) : epoch;
    }

    /** The facts of a member of the active set, kept until the list of participants is read. */
    record ActiveMember(long weight, List<String> models) {

        /** A member whose entry is malformed. */
        static final ActiveMember UNREADABLE = new ActiveMember(-1, List.of());

        static final JsonObjectShape SHAPE =
                JsonObjectShape.of("index", "weight").texts("models", MessageLimits.MAX_MODELS);

        static ActiveMember read(JsonEntry entry) {
            try {
                entry.requireValid();
                return new ActiveMember(
                        entry.numberOrZero("weight"), entry.texts("models", MessageLimits.MAX_TEXT_LENGTH));
            } catch (MalformedValueException e) {
                return UNREADABLE;
            }
        }
    }
}
