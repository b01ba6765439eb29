package io.gonkapulse.jobrecorder.intake;

import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.contracts.json.UndecodableMessageException;
import io.gonkapulse.jobrecorder.intake.IntakeDialect.CheckedEvent;
import io.gonkapulse.jobrecorder.intake.keys.JobReporterRights;
import io.gonkapulse.jobrecorder.publishing.IntakeRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks the events of one request and collects their records. */
final class EventCollector implements EventLineReader.LineConsumer {

    /** Events of the recorder and of its operators, who write to Kafka. */
    private static final Set<JobEventType> REFUSED = Set.of(JobEventType.PURGED, JobEventType.LOST, JobEventType.TICK);

    /** Messages of the codec begin with {@code Field at: …} or {@code Expected attempt from …}. */
    private static final Pattern FIELD = Pattern.compile(
            "Field ([\\w.\\[\\]]*\\w|[\\w.\\[\\]]+).*|Expected (\\w+) (?:of|from|without) .*", Pattern.DOTALL);

    private final IntakeDialect dialect;
    private final JobReporterRights rights;
    private final long nowMillis;
    private final List<IntakeRecord> records = new ArrayList<>();
    private boolean empty = true;

    EventCollector(IntakeDialect dialect, JobReporterRights rights, long nowMillis) {
        this.dialect = dialect;
        this.rights = rights;
        this.nowMillis = nowMillis;
    }

    @Override
    public void accept(int number, byte[] line) {
        add(line, "Line " + number + ": ", Map.of("line", number));
    }

    /** Adds a body that is one event. */
    void acceptBody(byte[] body) {
        add(body, "", Map.of());
    }

    private void add(byte[] json, String place, Map<String, Object> properties) {
        empty = false;
        try {
            for (CheckedEvent checked : dialect.read(json, nowMillis)) {
                requireAllowed(checked.event(), place, properties);
                records.add(checked.toRecord());
            }
        } catch (UndecodableMessageException e) {
            throw badEvent(place, String.valueOf(e.getMessage()), properties);
        }
    }

    private void requireAllowed(JobEvent event, String place, Map<String, Object> properties) {
        if (REFUSED.contains(event.type())) {
            throw badEvent(
                    place,
                    "Field event: expected an event that a job's reporter sends, got \""
                            + event.type().word() + "\", which only the recorder writes",
                    properties);
        }
        String botId = event.description().botId();
        if (!rights.allow(botId)) {
            String reason = botId == null
                    ? "Field botId is missing, and this key must name the bot of each event"
                    : "Field botId: this key may not report for the bot \"" + botId + '"';
            throw IntakeException.of(
                    IntakeProblem.BOT_NOT_ALLOWED,
                    place + reason + "; its bots: " + rights,
                    withField(properties, "botId"));
        }
    }

    private static IntakeException badEvent(String place, String message, Map<String, Object> properties) {
        Matcher field = FIELD.matcher(message);
        return IntakeException.of(
                IntakeProblem.BAD_EVENT,
                place + message,
                field.matches()
                        ? withField(properties, field.group(1) == null ? field.group(2) : field.group(1))
                        : properties);
    }

    private static Map<String, Object> withField(Map<String, Object> properties, String field) {
        Map<String, Object> more = new HashMap<>(properties);
        more.put("field", field);
        return more;
    }

    /** Returns the records of a body that had at least one event. */
    List<IntakeRecord> records() {
        if (empty) {
            throw IntakeException.of(
                    IntakeProblem.EMPTY_BODY, "The body is empty: expected one event, or one event a line");
        }
        return records;
    }
}
