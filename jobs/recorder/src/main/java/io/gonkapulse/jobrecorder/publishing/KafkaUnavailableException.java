package io.gonkapulse.jobrecorder.publishing;

/** Kafka did not acknowledge all records in time. Some of them may be stored. */
public final class KafkaUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KafkaUnavailableException(Throwable cause) {
        super("Kafka did not acknowledge all events: " + cause, cause);
    }
}
