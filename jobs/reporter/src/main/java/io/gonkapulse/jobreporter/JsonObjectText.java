package io.gonkapulse.jobreporter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.contracts.job.JobAttempt;
import io.gonkapulse.contracts.job.JobDescription;
import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.job.JobEventDetails;
import io.gonkapulse.contracts.json.JobEventCodec;
import io.gonkapulse.contracts.json.UndecodableMessageException;
import java.util.List;

/** A JSON object that an event may contain; a large one is replaced by its beginning. */
public record JsonObjectText(String json) {

    private static final String EVENT_START = "{\"v\":1,\"jobId\":\"11111111-1111-1111-1111-111111111111\","
            + "\"event\":\"started\",\"at\":\"2026-11-28T00:00:00Z\",\"source\":\"x\",\"meta\":";

    /** Throws {@link IllegalArgumentException} if the text is no such object. */
    public JsonObjectText {
        json = read(json);
    }

    /** Everything that decides whether an event is valid is in its codec. */
    private static String read(String json) {
        try {
            JobEvent event = new JobEventCodec().decode((EVENT_START + json + "}").getBytes(UTF_8));
            String meta = event.details().meta();
            JobEventDetails metaOnly = new JobEventDetails(null, List.of(), meta, null, null, null, null);
            if (meta != null
                    && event.details().equals(metaOnly)
                    && event.description().equals(JobDescription.NONE)
                    && event.attempt().equals(JobAttempt.FIRST)) {
                return meta;
            }
        } catch (UndecodableMessageException e) {
            throw new IllegalArgumentException("Expected a JSON object, got another text: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("Expected one JSON object, got another text");
    }
}
