package io.gonkapulse.contracts.json;

/**
 * The fields of a snapshot in the order of the JSON. First come the fields that decide whether the rest is needed, then
 * the earnings, then the rest. Readers may stop early but must not depend on the order.
 */
enum SnapshotField implements MessageField {
    VERSION("v", MessageField.Type.INTEGER),
    KIND("kind", MessageField.Type.SHARED_TEXT),
    NODE("node", MessageField.Type.TEXT),
    EPOCH("epoch", MessageField.Type.INTEGER),
    OBSERVED_AT("observedAt", MessageField.Type.INSTANT),
    EARNED("earned", MessageField.Type.AMOUNT),
    INFERENCES("inferences", MessageField.Type.INTEGER),
    MISSED("missed", MessageField.Type.INTEGER),
    REWARDED("rewarded", MessageField.Type.AMOUNT),
    CLAIM("claim", MessageField.Type.SHARED_TEXT),
    APPROXIMATE("approximate", MessageField.Type.FLAG),
    SETTLED_AT("settledAt", MessageField.Type.INSTANT),
    SETTLED_HEIGHT("settledHeight", MessageField.Type.INTEGER),
    FORFEITED_AT("forfeitedAt", MessageField.Type.INSTANT),
    FETCHED_AT("fetchedAt", MessageField.Type.INSTANT),
    TRACKER("tracker", MessageField.Type.SHARED_TEXT),
    POLL("poll", MessageField.Type.SHARED_TEXT),
    HEIGHT("height", MessageField.Type.INTEGER),
    VALIDATED("validated", MessageField.Type.INTEGER),
    INVALIDATED("invalidated", MessageField.Type.INTEGER),
    STATUS("status", MessageField.Type.SHARED_TEXT),
    PARTICIPANT_STATUS("participantStatus", MessageField.Type.SHARED_TEXT),
    WEIGHT("weight", MessageField.Type.INTEGER),
    MODEL("model", MessageField.Type.SHARED_TEXT),
    DISPLAY_NAME("displayName", MessageField.Type.TEXT),
    GPU_TYPE("gpuType", MessageField.Type.SHARED_TEXT),
    GPU_COUNT("gpuCount", MessageField.Type.INTEGER),
    TOKENS_PER_SECOND("tokensPerSecond", MessageField.Type.DECIMAL),
    JAILED_UNTIL("jailedUntil", MessageField.Type.INSTANT),
    MODELS("models", MessageField.Type.TEXTS);

    private final String jsonName;
    private final MessageField.Type type;

    SnapshotField(String jsonName, MessageField.Type type) {
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
