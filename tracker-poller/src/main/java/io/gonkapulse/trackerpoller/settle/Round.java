package io.gonkapulse.trackerpoller.settle;

import io.gonkapulse.contracts.Poll;

/** How it went to ask for an epoch once. */
public record Round(Poll poll, Ending ending) {

    /** What another round is good for. */
    public enum Ending {
        /** Nothing: the tracker said what it knows. */
        DONE,
        /** Perhaps something: what the tracker said was of no use, or some nodes could not be asked about. */
        WANTING,
        /** Everything: nobody could be asked, or Kafka did not take what was said. */
        UNANSWERED
    }
}
