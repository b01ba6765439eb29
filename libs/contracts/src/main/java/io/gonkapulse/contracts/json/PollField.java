package io.gonkapulse.contracts.json;

/** The fields of a poll result, in the order of the JSON. */
enum PollField implements MessageField {
    VERSION("v", FieldType.INTEGER),
    TRACKER("tracker", FieldType.SHARED_TEXT),
    POLL("poll", FieldType.TEXT),
    KIND("kind", FieldType.SHARED_TEXT),
    PURPOSE("purpose", FieldType.SHARED_TEXT),
    OWNER("owner", FieldType.SHARED_TEXT),
    URL("url", FieldType.SHARED_TEXT),
    INTERVAL("intervalMillis", FieldType.INTEGER),
    STARTED_AT("startedAt", FieldType.INSTANT),
    FETCH("fetchMillis", FieldType.INTEGER),
    PARSE("parseMillis", FieldType.INTEGER),
    PUBLISH("publishMillis", FieldType.INTEGER),
    OUTCOME("outcome", FieldType.SHARED_TEXT),
    ERROR("error", FieldType.TEXT),
    PUBLISHED("published", FieldType.INTEGER),
    SKIPPED("skipped", FieldType.COUNTS),
    EPOCH("epoch", FieldType.INTEGER),
    HEIGHT("height", FieldType.INTEGER),
    BLOCK_TIME("blockTime", FieldType.INSTANT),
    PHASE("phase", FieldType.SHARED_TEXT),
    CATCHING_UP("catchingUp", FieldType.FLAG),
    AVERAGE_BLOCK_SECONDS("averageBlockSeconds", FieldType.DECIMAL),
    NEXT_EPOCH_HEIGHT("nextEpochHeight", FieldType.INTEGER);

    private final String jsonName;
    private final FieldType type;

    PollField(String jsonName, FieldType type) {
        this.jsonName = jsonName;
        this.type = type;
    }

    @Override
    public String jsonName() {
        return jsonName;
    }

    @Override
    public FieldType type() {
        return type;
    }
}
