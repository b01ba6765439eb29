package io.gonkapulse.jobrecorder.intake;

import io.gonkapulse.contracts.dialect.BotEventParser;
import io.gonkapulse.contracts.dialect.JobEventParser;
import io.gonkapulse.contracts.dialect.OpenLineageEventParser;
import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.json.JobEventCodec;
import io.gonkapulse.jobrecorder.publishing.IntakeRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Formats of events that the intake reads. */
enum IntakeDialect {
    /** Our own, described in docs/messages. */
    JOB(null),
    BOT(new BotEventParser()),
    OPENLINEAGE(new OpenLineageEventParser());

    private static final JobEventCodec CODEC = new JobEventCodec();

    @SuppressWarnings("ImmutableEnumChecker") // safe for use by many threads
    private final @Nullable JobEventParser parser;

    IntakeDialect(@Nullable JobEventParser parser) {
        this.parser = parser;
    }

    /** The word in a parameter and in the tag of a meter. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Checks an event as the consumer of the topic will. An event of our own format is sent as it is, so that repeated
     * requests and all ways of reporting lead to equal records.
     *
     * @param nowMillis the time that the event's times must be near to
     * @return nothing if the event is about something else than a job
     * @throws io.gonkapulse.contracts.json.UndecodableMessageException if the event is invalid
     */
    List<CheckedEvent> read(byte[] json, long nowMillis) {
        if (parser == null) {
            return List.of(new CheckedEvent(CODEC.decode(json, nowMillis), json));
        }
        List<CheckedEvent> checked = new ArrayList<>();
        for (JobEvent event : parser.parse(json)) {
            byte[] encoded = CODEC.encode(event);
            checked.add(new CheckedEvent(CODEC.decode(encoded, nowMillis), encoded));
        }
        return checked;
    }

    /** A valid event and its bytes. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record CheckedEvent(JobEvent event, byte[] json) {

        IntakeRecord toRecord() {
            return new IntakeRecord(event.jobId(), json);
        }
    }
}
