package io.gonkapulse.trackerpoller.settlement;

import io.gonkapulse.contracts.Poll;

/** The result of one attempt to settle an epoch. */
public record SettlementResult(Poll poll, SettlementCompletion completion) {

    /** Whether another attempt can help. */
    public enum SettlementCompletion {
        /** The tracker reported all it knows; another attempt brings nothing new. */
        DONE,
        /** The response was unusable or some nodes got no response; another attempt may help. */
        INCOMPLETE,
        /** The tracker or Kafka was unavailable; another attempt is needed. */
        TRANSIENT_FAILURE
    }
}
