package io.gonkapulse.trackerpoller.trackerapi.gonkanode;

import io.gonkapulse.trackerpoller.trackerapi.json.JsonEntry;
import io.gonkapulse.trackerpoller.trackerapi.json.JsonObjectShape;
import io.gonkapulse.trackerpoller.trackerapi.json.MalformedValueException;
import org.jspecify.annotations.Nullable;

/** The facts of a member of the active set, kept until the list of participants is read. */
record ActiveMember(long weight, @Nullable String model) {

    /** A member whose entry is malformed. */
    static final ActiveMember UNREADABLE = new ActiveMember(-1, null);

    private static final int MAX_MODEL_LENGTH = 255;

    static final JsonObjectShape SHAPE = JsonObjectShape.of("index", "weight").firstText("models");

    static ActiveMember read(JsonEntry entry) {
        try {
            entry.requireValid();
            return new ActiveMember(entry.numberOrZero("weight"), entry.text("models", MAX_MODEL_LENGTH));
        } catch (MalformedValueException e) {
            return UNREADABLE;
        }
    }

    ActiveMember withModel(@Nullable String same) {
        return new ActiveMember(weight, same);
    }
}
