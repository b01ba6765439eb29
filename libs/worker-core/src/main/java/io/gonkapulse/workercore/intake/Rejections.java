package io.gonkapulse.workercore.intake;

import io.gonkapulse.contracts.json.UndecodableMessageException;
import java.util.ArrayList;
import java.util.List;

/** The records of a batch that are no messages of ours. */
public final class Rejections {

    private final List<Rejection> all = new ArrayList<>();

    Rejections() {}

    /** The bytes of this record do not decode. */
    public void add(int index, UndecodableMessageException why) {
        add(index, why.reason().name(), String.valueOf(why.getMessage()));
    }

    /**
     * This record cannot be used.
     *
     * @param reason one of a few fixed words, to be counted by
     * @param error a sentence for an operator
     */
    public void add(int index, String reason, String error) {
        all.add(new Rejection(index, reason, error));
    }

    List<Rejection> all() {
        return all;
    }

    record Rejection(int index, String reason, String error) {}
}
