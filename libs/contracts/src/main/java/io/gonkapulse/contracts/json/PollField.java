package io.gonkapulse.contracts.json;

/** The fields of a poll, in the order in which they are written. */
enum PollField implements Field {
    VERSION("v", FieldType.WHOLE),
    TRACKER("tracker", FieldType.WORD),
    POLL("poll", FieldType.TEXT),
    KIND("kind", FieldType.WORD),
    PURPOSE("purpose", FieldType.WORD),
    OWNER("owner", FieldType.WORD),
    URL("url", FieldType.WORD),
    INTERVAL("intervalMillis", FieldType.WHOLE),
    STARTED_AT("startedAt", FieldType.INSTANT),
    FETCH("fetchMillis", FieldType.WHOLE),
    PARSE("parseMillis", FieldType.WHOLE),
    PUBLISH("publishMillis", FieldType.WHOLE),
    OUTCOME("outcome", FieldType.WORD),
    ERROR("error", FieldType.TEXT),
    PUBLISHED("published", FieldType.WHOLE),
    SKIPPED("skipped", FieldType.COUNTS),
    EPOCH("epoch", FieldType.WHOLE),
    HEIGHT("height", FieldType.WHOLE),
    BLOCK_TIME("blockTime", FieldType.INSTANT),
    PHASE("phase", FieldType.WORD),
    CATCHING_UP("catchingUp", FieldType.FLAG),
    AVERAGE_BLOCK_SECONDS("averageBlockSeconds", FieldType.DECIMAL),
    NEXT_EPOCH_HEIGHT("nextEpochHeight", FieldType.WHOLE);

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
