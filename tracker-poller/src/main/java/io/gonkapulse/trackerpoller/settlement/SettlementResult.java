package io.gonkapulse.trackerpoller.settlement;

import io.gonkapulse.contracts.Poll;

/** How it went to ask for an epoch once. */
public record SettlementResult(Poll poll, SettlementCompletion completion) {

    /** What another round is good for. */
    public enum SettlementCompletion {
        /** Nothing: the tracker said what it knows. */
        DONE,
        /** Perhaps something: what the tracker said was of no use, or some nodes could not be asked about. */
        INCOMPLETE,
        /** Everything: nobody could be asked, or Kafka did not take what was said. */
        TRANSIENT_FAILURE
    }
}
