package io.gonkapulse.contracts.dialect;

import io.gonkapulse.contracts.job.JobEvent;
import java.util.List;

/** Translates the events of another job system. Safe for use by many threads. */
public interface JobEventParser {

    /**
     * Translates one line or document.
     *
     * @return no event if it is about something else than a job
     * @throws io.gonkapulse.contracts.json.UndecodableMessageException if it is no valid event; names the field
     */
    List<JobEvent> parse(byte[] json);
}
