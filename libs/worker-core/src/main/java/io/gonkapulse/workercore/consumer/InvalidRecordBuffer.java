package io.gonkapulse.workercore.consumer;

import io.gonkapulse.contracts.json.UndecodableMessageException;
import java.util.ArrayList;
import java.util.List;

/** The records of a batch that are no messages of ours. */
public final class InvalidRecordBuffer {

    private final List<InvalidRecord> all = new ArrayList<>();

    public InvalidRecordBuffer() {}

    /** The bytes of this record do not decode. */
    public void add(int index, UndecodableMessageException failure) {
        add(index, failure.reason().name(), String.valueOf(failure.getMessage()));
    }

    /**
     * This record cannot be used.
     *
     * @param reason one of a few fixed words, to be counted by
     * @param error a sentence for an operator
     */
    public void add(int index, String reason, String error) {
        all.add(new InvalidRecord(index, reason, error));
    }

    public List<InvalidRecord> all() {
        return all;
    }

    record InvalidRecord(int index, String reason, String error) {}
}
