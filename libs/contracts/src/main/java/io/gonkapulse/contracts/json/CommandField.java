package io.gonkapulse.contracts.json;

/** The fields of a command, in the order in which they are written. */
enum CommandField implements Field {
    VERSION("v", FieldType.WHOLE),
    KIND("kind", FieldType.WORD),
    ID("id", FieldType.TEXT),
    TRACKER("tracker", FieldType.WORD),
    REQUESTED_AT("requestedAt", FieldType.INSTANT),
    FROM_EPOCH("fromEpoch", FieldType.WHOLE),
    TO_EPOCH("toEpoch", FieldType.WHOLE);

    private final String jsonName;
    private final FieldType type;

    CommandField(String jsonName, FieldType type) {
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
