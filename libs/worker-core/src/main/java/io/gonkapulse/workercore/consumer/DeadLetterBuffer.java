package io.gonkapulse.workercore.consumer;

import io.gonkapulse.contracts.json.UndecodableMessageException;
import java.util.ArrayList;
import java.util.List;

/** Collects the records of a batch that are not valid messages. */
public final class DeadLetterBuffer {

    private final List<InvalidRecord> all = new ArrayList<>();

    public DeadLetterBuffer() {}

    /** Adds a record whose bytes do not decode. */
    public void add(int index, UndecodableMessageException failure) {
        add(index, failure.reason().name(), String.valueOf(failure.getMessage()));
    }

    /**
     * Adds an invalid record.
     *
     * @param reason a fixed word, used for grouping
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
