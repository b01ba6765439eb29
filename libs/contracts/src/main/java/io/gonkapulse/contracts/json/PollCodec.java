package io.gonkapulse.contracts.json;

import static io.gonkapulse.contracts.json.PollCodec.PollField.*;

import io.gonkapulse.contracts.NetworkFacts;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.json.JsonFieldReader.ParsedFieldValues;
import tools.jackson.core.json.JsonFactory;

/** Encodes and decodes poll results. There is one record for each poll, so there is no fast path. */
public final class PollCodec implements MessageCodec<Poll> {

    private final JsonFactory factory = new JsonFactory();
    private final JsonFieldReader reader = new JsonFieldReader(factory, PollField.values());

    @Override
    public byte[] encode(Poll poll) {
        return JsonFieldWriter.write(factory, json -> {
            json.version(VERSION)
                    .text(TRACKER, poll.tracker())
                    .text(POLL, poll.pollId())
                    .text(KIND, poll.kind())
                    .enumValue(PURPOSE, poll.purpose())
                    .text(OWNER, poll.owner())
                    .text(URL, poll.url())
                    .millis(INTERVAL, poll.interval())
                    .instant(STARTED_AT, poll.startedAt())
                    .millis(FETCH, poll.stages().fetch())
                    .millis(PARSE, poll.stages().parse())
                    .millis(PUBLISH, poll.stages().publish())
                    .enumValue(OUTCOME, poll.outcome())
                    .text(ERROR, poll.error())
                    .integer(PUBLISHED, poll.counts().published())
                    .counts(SKIPPED, poll.counts().skipped());
            network(json, poll.network());
        });
    }

    private static void network(JsonFieldWriter json, NetworkFacts network) {
        json.integer(EPOCH, network.epoch())
                .integer(HEIGHT, network.height())
                .instant(BLOCK_TIME, network.blockTime())
                .text(PHASE, network.phase())
                .flag(CATCHING_UP, network.catchingUp())
                .decimal(AVERAGE_BLOCK_SECONDS, network.averageBlockSeconds())
                .integer(NEXT_EPOCH_HEIGHT, network.nextEpochHeight());
    }

    @Override
    public Poll decode(byte[] json) {
        ParsedFieldValues values = reader.read(json);
        return UndecodableMessageException.translate(() -> poll(values));
    }

    /**
     * Decodes a record of the topic and refuses times after the record's own timestamp.
     *
     * @param timestamp of the record, in milliseconds since 1970
     */
    public Poll decode(byte[] json, long timestamp) {
        Poll poll = decode(json);
        new RecordTimeLimit(timestamp).requireNotAhead(STARTED_AT, poll.startedAt());
        return poll;
    }

    private static Poll poll(ParsedFieldValues values) {
        return new Poll(
                values.tracker(TRACKER),
                values.text(POLL),
                values.text(KIND),
                values.enumValue(PURPOSE, Poll.Purpose.class),
                values.text(OWNER),
                values.textOrNull(URL),
                values.millis(INTERVAL),
                values.instant(STARTED_AT),
                new Poll.Stages(values.millis(FETCH), values.millis(PARSE), values.millis(PUBLISH)),
                values.enumValue(OUTCOME, Poll.Outcome.class),
                values.textOrNull(ERROR),
                new Poll.Counts(values.integer(PUBLISHED), values.counts(SKIPPED)),
                network(values));
    }

    private static NetworkFacts network(FieldValues values) {
        return new NetworkFacts(
                values.integerOrNull(EPOCH),
                values.integerOrNull(HEIGHT),
                values.instantOrNull(BLOCK_TIME),
                values.textOrNull(PHASE),
                values.flagOrNull(CATCHING_UP),
                values.decimalOrNull(AVERAGE_BLOCK_SECONDS),
                values.integerOrNull(NEXT_EPOCH_HEIGHT));
    }

    /** The fields of a poll result, in the order of the JSON. */
    enum PollField implements MessageField {
        VERSION("v", MessageField.Type.INTEGER),
        TRACKER("tracker", MessageField.Type.SHARED_TEXT),
        POLL("poll", MessageField.Type.TEXT),
        KIND("kind", MessageField.Type.SHARED_TEXT),
        PURPOSE("purpose", MessageField.Type.SHARED_TEXT),
        OWNER("owner", MessageField.Type.SHARED_TEXT),
        URL("url", MessageField.Type.SHARED_TEXT),
        INTERVAL("intervalMillis", MessageField.Type.INTEGER),
        STARTED_AT("startedAt", MessageField.Type.INSTANT),
        FETCH("fetchMillis", MessageField.Type.INTEGER),
        PARSE("parseMillis", MessageField.Type.INTEGER),
        PUBLISH("publishMillis", MessageField.Type.INTEGER),
        OUTCOME("outcome", MessageField.Type.SHARED_TEXT),
        ERROR("error", MessageField.Type.TEXT),
        PUBLISHED("published", MessageField.Type.INTEGER),
        SKIPPED("skipped", MessageField.Type.COUNTS),
        EPOCH("epoch", MessageField.Type.INTEGER),
        HEIGHT("height", MessageField.Type.INTEGER),
        BLOCK_TIME("blockTime", MessageField.Type.INSTANT),
        PHASE("phase", MessageField.Type.SHARED_TEXT),
        CATCHING_UP("catchingUp", MessageField.Type.FLAG),
        AVERAGE_BLOCK_SECONDS("averageBlockSeconds", MessageField.Type.DECIMAL),
        NEXT_EPOCH_HEIGHT("nextEpochHeight", MessageField.Type.INTEGER);

        private final String jsonName;
        private final MessageField.Type type;

        PollField(String jsonName, MessageField.Type type) {
            this.jsonName = jsonName;
            this.type = type;
        }

        @Override
        public String jsonName() {
            return jsonName;
        }

        @Override
        public MessageField.Type type() {
            return type;
        }
    }
}
