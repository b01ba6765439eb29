package io.gonkapulse.contracts.json;

/** The fields of a job event, in the order of the JSON. */
enum JobEventField implements MessageField {
    VERSION("v", Type.INTEGER),
    JOB_ID("jobId", Type.TEXT),
    EVENT("event", Type.SHARED_TEXT),
    AT("at", Type.INSTANT),
    SEQ("seq", Type.INTEGER),
    SOURCE("source", Type.SHARED_TEXT),
    INCARNATION("incarnation", Type.SHARED_TEXT),
    BY("by", Type.SHARED_TEXT),
    BOT_ID("botId", Type.SHARED_TEXT),
    ACCEPTED_AT("acceptedAt", Type.INSTANT),
    STARTED_AT("startedAt", Type.INSTANT),
    ATTEMPT("attempt", Type.INTEGER),
    LEASE("leaseMillis", Type.INTEGER),
    ELAPSED("elapsedMillis", Type.INTEGER),
    STAGE("stage", Type.OBJECT, StageField.values()),
    STAGES("stages", Type.OBJECTS, StageField.values()),
    CREATED_BY("createdBy", Type.OBJECT, CreatorField.values()),
    PARENT_ID("parentId", Type.TEXT),
    TRACE("trace", Type.TEXT),
    META("meta", Type.JSON),
    RESULT("result", Type.JSON),
    PROGRESS("progress", Type.JSON),
    ERROR("error", Type.OBJECT, ErrorField.values()),
    LEASE_UNTIL("leaseUntil", Type.INSTANT);

    private final String jsonName;
    private final Type type;

    @SuppressWarnings("ImmutableEnumChecker") // never changed
    private final MessageField[] nested;

    JobEventField(String jsonName, Type type, MessageField... nested) {
        this.jsonName = jsonName;
        this.type = type;
        this.nested = nested;
    }

    @Override
    public String jsonName() {
        return jsonName;
    }

    @Override
    public Type type() {
        return type;
    }

    @Override
    public MessageField[] nested() {
        return nested.clone();
    }

    /** Producers in other languages write unknown values as null. */
    @Override
    public boolean acceptsNull() {
        return this != VERSION;
    }

    /** The fields of a stage. */
    enum StageField implements MessageField {
        NO("no", Type.INTEGER),
        NAME("name", Type.SHARED_TEXT),
        STATUS("status", Type.SHARED_TEXT),
        STARTED_AT("startedAt", Type.INSTANT),
        DURATION("durationMillis", Type.INTEGER),
        META("meta", Type.JSON),
        ERROR("error", Type.OBJECT, ErrorField.values());

        private final String jsonName;
        private final Type type;

        @SuppressWarnings("ImmutableEnumChecker") // never changed
        private final MessageField[] nested;

        StageField(String jsonName, Type type, MessageField... nested) {
            this.jsonName = jsonName;
            this.type = type;
            this.nested = nested;
        }

        @Override
        public String jsonName() {
            return jsonName;
        }

        @Override
        public Type type() {
            return type;
        }

        @Override
        public MessageField[] nested() {
            return nested.clone();
        }

        @Override
        public boolean acceptsNull() {
            return true;
        }
    }

    /** The fields of the one who asked for a job. */
    enum CreatorField implements MessageField {
        NAME("name", Type.TEXT),
        ROLE("role", Type.SHARED_TEXT),
        AT("at", Type.INSTANT);

        private final String jsonName;
        private final Type type;

        CreatorField(String jsonName, Type type) {
            this.jsonName = jsonName;
            this.type = type;
        }

        @Override
        public String jsonName() {
            return jsonName;
        }

        @Override
        public Type type() {
            return type;
        }

        @Override
        public boolean acceptsNull() {
            return true;
        }
    }

    /** The fields of an error. */
    enum ErrorField implements MessageField {
        NAME("name"),
        MESSAGE("message"),
        STACK("stack");

        private final String jsonName;

        ErrorField(String jsonName) {
            this.jsonName = jsonName;
        }

        @Override
        public String jsonName() {
            return jsonName;
        }

        @Override
        public Type type() {
            return Type.TEXT;
        }

        @Override
        public boolean acceptsNull() {
            return true;
        }
    }
}
