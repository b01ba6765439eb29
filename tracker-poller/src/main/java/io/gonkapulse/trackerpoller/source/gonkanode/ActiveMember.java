package io.gonkapulse.trackerpoller.source.gonkanode;

import io.gonkapulse.trackerpoller.source.json.Entry;
import io.gonkapulse.trackerpoller.source.json.MalformedException;
import io.gonkapulse.trackerpoller.source.json.Shape;
import org.jspecify.annotations.Nullable;

/** What the active set says of a member: all that is kept of it until the list of participants comes by. */
record ActiveMember(long weight, @Nullable String model) {

    /** Stands for a member of whom the set says nothing that can be read. */
    static final ActiveMember UNREADABLE = new ActiveMember(-1, null);

    private static final int LONGEST_MODEL = 255;

    static final Shape SHAPE = Shape.of("index", "weight").first("models");

    static ActiveMember read(Entry entry) {
        try {
            entry.requireSound();
            return new ActiveMember(entry.counter("weight"), entry.text("models", LONGEST_MODEL));
        } catch (MalformedException e) {
            return UNREADABLE;
        }
    }

    ActiveMember withModel(@Nullable String same) {
        return new ActiveMember(weight, same);
    }
}
