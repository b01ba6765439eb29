package io.gonkapulse.jobreporter.cli;

import io.gonkapulse.contracts.dialect.BotEventParser;
import io.gonkapulse.contracts.dialect.JobEventParser;
import io.gonkapulse.contracts.dialect.OpenLineageEventParser;
import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.contracts.job.JobLimits;
import io.gonkapulse.contracts.json.JobEventCodec;
import io.gonkapulse.contracts.json.UndecodableMessageException;
import io.gonkapulse.contracts.json.UndecodableMessageException.Reason;
import io.gonkapulse.jobreporter.publishing.EncodedEvent;
import java.util.List;
import java.util.Set;

/** Whose events a file contains. */
enum EventDialect {
    OWN(JobLimits.MAX_EVENT_BYTES, EventDialect::parseOwn),
    BOT(BotEventParser.MAX_LINE_BYTES, new BotEventParser()),
    OPENLINEAGE(OpenLineageEventParser.MAX_EVENT_BYTES, new OpenLineageEventParser());

    /** Only the recorder publishes them. */
    private static final Set<JobEventType> OF_RECORDER =
            Set.of(JobEventType.LOST, JobEventType.PURGED, JobEventType.TICK);

    private static final JobEventCodec CODEC = new JobEventCodec();

    private final int maxBytes;

    @SuppressWarnings("ImmutableEnumChecker") // parsers have no state
    private final JobEventParser parser;

    EventDialect(int maxBytes, JobEventParser parser) {
        this.maxBytes = maxBytes;
        this.parser = parser;
    }

    /** The limit of a line. */
    int maxBytes() {
        return maxBytes;
    }

    /** Throws {@link UndecodableMessageException} for an invalid line. */
    List<EncodedEvent> parse(byte[] line) {
        return parser.parse(line).stream()
                .map(event -> new EncodedEvent(event.jobId(), event.type(), CODEC.encode(event)))
                .toList();
    }

    private static List<JobEvent> parseOwn(byte[] line) {
        JobEvent event = CODEC.decode(line);
        if (OF_RECORDER.contains(event.type())) {
            throw new UndecodableMessageException(
                    Reason.BAD_FIELD,
                    "Field event: expected an event that a producer reports, got "
                            + event.type().word(),
                    null);
        }
        return List.of(event);
    }
}
