package io.gonkapulse.contracts.json;

/** The fields of a command, in the order of the JSON. */
enum CommandField implements MessageField {
    VERSION("v", MessageField.Type.INTEGER),
    KIND("kind", MessageField.Type.SHARED_TEXT),
    ID("id", MessageField.Type.TEXT),
    TRACKER("tracker", MessageField.Type.SHARED_TEXT),
    REQUESTED_AT("requestedAt", MessageField.Type.INSTANT),
    FROM_EPOCH("fromEpoch", MessageField.Type.INTEGER),
    TO_EPOCH("toEpoch", MessageField.Type.INTEGER);

    private final String jsonName;
    private final MessageField.Type type;

    CommandField(String jsonName, MessageField.Type type) {
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
