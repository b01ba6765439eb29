package io.gonkapulse.contracts.json;

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
