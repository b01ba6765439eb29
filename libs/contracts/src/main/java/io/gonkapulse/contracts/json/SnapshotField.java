package io.gonkapulse.contracts.json;

/**
 * The fields of a snapshot in the order in which they are written: first what says whether the rest is needed at all,
 * then what the earnings are made of, then the rest. Readers may stop early but must not count on the order.
 */
enum SnapshotField implements Field {
    VERSION("v", FieldType.WHOLE),
    KIND("kind", FieldType.WORD),
    NODE("node", FieldType.TEXT),
    EPOCH("epoch", FieldType.WHOLE),
    OBSERVED_AT("observedAt", FieldType.INSTANT),
    EARNED("earned", FieldType.AMOUNT),
    INFERENCES("inferences", FieldType.WHOLE),
    MISSED("missed", FieldType.WHOLE),
    REWARDED("rewarded", FieldType.AMOUNT),
    CLAIM("claim", FieldType.WORD),
    APPROXIMATE("approximate", FieldType.FLAG),
    SETTLED_AT("settledAt", FieldType.INSTANT),
    SETTLED_HEIGHT("settledHeight", FieldType.WHOLE),
    FORFEITED_AT("forfeitedAt", FieldType.INSTANT),
    FETCHED_AT("fetchedAt", FieldType.INSTANT),
    TRACKER("tracker", FieldType.WORD),
    POLL("poll", FieldType.WORD),
    HEIGHT("height", FieldType.WHOLE),
    VALIDATED("validated", FieldType.WHOLE),
    INVALIDATED("invalidated", FieldType.WHOLE),
    STATUS("status", FieldType.WORD),
    PARTICIPANT_STATUS("participantStatus", FieldType.WORD),
    WEIGHT("weight", FieldType.WHOLE),
    MODEL("model", FieldType.WORD),
    DISPLAY_NAME("displayName", FieldType.TEXT),
    GPU_TYPE("gpuType", FieldType.WORD),
    GPU_COUNT("gpuCount", FieldType.WHOLE),
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
