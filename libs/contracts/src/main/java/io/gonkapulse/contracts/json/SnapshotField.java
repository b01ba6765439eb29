package io.gonkapulse.contracts.json;

/**
 * The fields of a snapshot in the order of the JSON. First come the fields that decide whether the rest is needed, then
 * the earnings, then the rest. Readers may stop early but must not depend on the order.
 */
enum SnapshotField implements MessageField {
    VERSION("v", FieldType.INTEGER),
    KIND("kind", FieldType.SHARED_TEXT),
    NODE("node", FieldType.TEXT),
    EPOCH("epoch", FieldType.INTEGER),
    OBSERVED_AT("observedAt", FieldType.INSTANT),
    EARNED("earned", FieldType.AMOUNT),
    INFERENCES("inferences", FieldType.INTEGER),
    MISSED("missed", FieldType.INTEGER),
    REWARDED("rewarded", FieldType.AMOUNT),
    CLAIM("claim", FieldType.SHARED_TEXT),
    APPROXIMATE("approximate", FieldType.FLAG),
    SETTLED_AT("settledAt", FieldType.INSTANT),
    SETTLED_HEIGHT("settledHeight", FieldType.INTEGER),
    FORFEITED_AT("forfeitedAt", FieldType.INSTANT),
    FETCHED_AT("fetchedAt", FieldType.INSTANT),
    TRACKER("tracker", FieldType.SHARED_TEXT),
    POLL("poll", FieldType.SHARED_TEXT),
    HEIGHT("height", FieldType.INTEGER),
    VALIDATED("validated", FieldType.INTEGER),
    INVALIDATED("invalidated", FieldType.INTEGER),
    STATUS("status", FieldType.SHARED_TEXT),
    PARTICIPANT_STATUS("participantStatus", FieldType.SHARED_TEXT),
    WEIGHT("weight", FieldType.INTEGER),
    MODEL("model", FieldType.SHARED_TEXT),
    DISPLAY_NAME("displayName", FieldType.TEXT),
    GPU_TYPE("gpuType", FieldType.SHARED_TEXT),
    GPU_COUNT("gpuCount", FieldType.INTEGER),
    TOKENS_PER_SECOND("tokensPerSecond", FieldType.DECIMAL),
    JAILED_UNTIL("jailedUntil", FieldType.INSTANT);

    private final String jsonName;
    private final FieldType type;

    SnapshotField(String jsonName, FieldType type) {
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
