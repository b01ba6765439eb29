package io.gonkapulse.contracts.json;

/** The fields of a command, in the order of the JSON. */
enum CommandField implements MessageField {
    VERSION("v", FieldType.INTEGER),
    KIND("kind", FieldType.SHARED_TEXT),
    ID("id", FieldType.TEXT),
    TRACKER("tracker", FieldType.SHARED_TEXT),
    REQUESTED_AT("requestedAt", FieldType.INSTANT),
    FROM_EPOCH("fromEpoch", FieldType.INTEGER),
    TO_EPOCH("toEpoch", FieldType.INTEGER);

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
