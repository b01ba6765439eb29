package io.gonkapulse.contracts.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gonkapulse.contracts.job.JobCreator;
import io.gonkapulse.contracts.job.JobError;
import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.job.JobEventOrigin.Reporter;
import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.contracts.job.JobStage.Status;
import io.gonkapulse.contracts.json.UndecodableMessageException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BotEventParserTest {

    private static final String ID = "1ab188b7-ebf2-4c99-842d-c97b2760878e";
    private static final Instant AT = Instant.parse("2026-11-28T23:42:37.500Z");

    private final BotEventParser parser = new BotEventParser();

    @Test
    void acceptedNamesCreatorAndTime() {
        JobEvent event = parse("job.accepted", """
                ,"executedBy":{"name":"Ops","role":"admin","at":"2025-11-13T10:00:00.000Z"},"meta":{"planId":580}""");

        assertThat(event.type()).isEqualTo(JobEventType.ACCEPTED);
        assertThat(event.attempt().acceptedAt()).isEqualTo(AT);
        assertThat(event.attempt().startedAt()).isNull();
        assertThat(event.description().createdBy())
                .isEqualTo(new JobCreator("Ops", "admin", Instant.parse("2025-11-13T10:00:00Z")));
        assertThat(event.details().meta()).isEqualTo("{\"planId\":580}");
        assertThat(event.origin().source()).isEqualTo("forusbots");
        assertThat(event.origin().incarnation()).isEqualTo("30334");
    }

    @Test
    void startedHasItsTime() {
        JobEvent event = parse("job.started", "");

        assertThat(event.attempt().startedAt()).isEqualTo(AT);
        assertThat(event.description().botId()).isEqualTo("scrape-plan");
    }

    @Test
    void stageStartHasNoNumber() {
        JobEvent event = parse("stage.start", ",\"stage\":\"login\",\"meta\":{\"url\":\"https://x\"}");

        assertThat(event.type()).isEqualTo(JobEventType.STAGE_STARTED);
        assertThat(event.details().stage()).satisfies(stage -> {
            assertThat(stage.no()).isNull();
            assertThat(stage.name()).isEqualTo("login");
            assertThat(stage.startedAt()).isEqualTo(AT);
            assertThat(stage.meta()).isEqualTo("{\"url\":\"https://x\"}");
        });
        assertThat(event.details().meta()).isNull();
    }

    @Test
    void stageEndTellsItsStart() {
        JobEvent event = parse(
                "stage.fail",
                ",\"stage\":\"login\",\"durationMs\":42,\"error\":{\"name\":\"TypeError\",\"message\":\"#x\",\"stack\":\"s\"}");

        assertThat(event.type()).isEqualTo(JobEventType.STAGE_FAILED);
        assertThat(event.details().stage()).satisfies(stage -> {
            assertThat(stage.startedAt()).isEqualTo(AT.minusMillis(42));
            assertThat(stage.durationMillis()).isEqualTo(42);
            assertThat(stage.error()).isEqualTo(new JobError("TypeError", "#x", "s"));
        });
        assertThat(event.details().error()).isNull();
    }

    @Test
    void summaryNumbersItsStages() {
        JobEvent event = parse("job.summary", """
                ,"result":"Failed","totalMs":30,"stagesList":[
                {"name":"a","startedAt":"2026-11-28T23:42:37.000Z","endedAt":"2026-11-28T23:42:37.014Z","status":"succeed"},
                {"name":"b","startedAt":"2026-11-28T23:42:37.014Z","durationMs":2.6,"status":"fail","meta":"{\\"cut"},
                {"name":"c","startedAt":"2026-11-28T23:42:37.030Z"}]""");

        assertThat(event.type()).isEqualTo(JobEventType.STAGES);
        assertThat(event.attempt().elapsedMillis()).isEqualTo(30);
        assertThat(event.details().result()).isNull();
        assertThat(event.details().stages())
                .extracting(stage -> stage.no() + stage.name() + " " + stage.status() + " " + stage.durationMillis())
                .containsExactly("1a SUCCEED 14", "2b FAIL 3", "3c RUNNING null");
        assertThat(event.details().stages().get(1).meta()).isEqualTo("{\"head\":\"{\\\"cut\",\"truncated\":true}");
    }

    @Test
    void longSummaryLosesMetaOfStages() {
        String stages = ("{\"name\":\"a\",\"status\":\"succeed\",\"meta\":{\"" + "m".repeat(8) + "\":1}},").repeat(999)
                + "{\"name\":\"z\",\"status\":\"fail\",\"error\":{\"name\":\"E\",\"message\":\"m\"}}";

        JobEvent event = parse("job.summary", ",\"stagesList\":[" + stages + "]");

        assertThat(event.details().stages()).hasSize(1_000);
        assertThat(event.details().stages().get(999).status()).isEqualTo(Status.FAIL);
    }

    @Test
    void waitingJobIsCanceledByQueue() {
        JobEvent event =
                parse("job.failed", ",\"error\":{\"name\":\"Canceled\",\"message\":\"canceled\",\"stack\":null}");

        assertThat(event.type()).isEqualTo(JobEventType.CANCELED);
        assertThat(event.origin().by()).isEqualTo(Reporter.QUEUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"startedAt\":\"2026-11-28T23:42:37.000Z\"", "\"totalMs\":5", "\"durationMs\":5"})
    void startedJobIsCanceledByExecutor(String start) {
        JobEvent event = parse("job.failed", ",\"error\":{\"name\":\"Canceled\"}," + start);

        assertThat(event.type()).isEqualTo(JobEventType.CANCELED);
        assertThat(event.origin().by()).isEqualTo(Reporter.EXECUTOR);
    }

    @Test
    void failedHasErrorOfText() {
        JobEvent event = parse("job.failed", ",\"error\":\"plain string\"");

        assertThat(event.type()).isEqualTo(JobEventType.FAILED);
        assertThat(event.details().error()).isEqualTo(new JobError(null, "plain string", null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":[1,null,true,2.50]} | {\"a\":[1,null,true,2.50]}",
                "[1,2]                      | {\"value\":[1,2]}",
                "true                       | {\"value\":true}",
                "null                       |",
                "\"text\"                   | {\"head\":\"text\",\"truncated\":true}",
            })
    void resultBecomesObject(String result, String expected) {
        assertThat(parse("job.succeeded", ",\"result\":" + result).details().result())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"log", "http.request", "job.heartbeat"})
    void otherLinesAreNoEvents(String type) {
        assertThat(parser.parse(("{\"type\":\"" + type + "\",\"jobId\":null,\"msg\":{}}").getBytes(UTF_8)))
                .isEmpty();
    }

    @Test
    void namesOfBotsBecomeIds() {
        String line = line("job.started", "").replace("scrape-plan", "Scrape Plan/Ünï");

        assertThat(parser.parse(line.getBytes(UTF_8)).get(0).description().botId())
                .isEqualTo("scrape-plan--n-");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"jobId\":\"x\"                  | Field jobId: expected a UUID, got \"x\"",
                "\"jobId\":null                   | Field jobId is missing",
                "\"ts\":\"2026-11-28T23:42:37\"   | Field ts: expected a time with an offset",
                "\"ts\":1                         | Field ts: expected a string, got a number",
                "\"ts\":null                      | Field ts is missing",
                "\"type\":true                    | Field type: expected a string, got null, true or false",
                "\"bot\":{}                       | Field bot: expected a string, got an object",
                "\"executedBy\":\"ops\"           | Field executedBy: expected an object, got a string",
                "\"executedBy\":{\"at\":\"now\"}  | Field executedBy.at: expected a time",
                "\"totalMs\":\"5\"                | Field totalMs: expected a number of milliseconds, got a string",
                "\"totalMs\":1e999999999          | Field totalMs: expected a number of milliseconds",
                "\"totalMs\":1e15                 | Expected elapsedMillis from 0",
                "\"stagesList\":{}                | Field stagesList: expected an array of objects, got an object",
                "\"stagesList\":[1]               | Field stagesList[0]: expected an object, got a number",
                "\"stagesList\":[{}]              | Field stagesList[0].name is missing",
                "\"stagesList\":[{\"name\":\"\"}] | Field stagesList[0]: Expected stage.name of 1 to 255 characters",
                "\"stagesList\":[{\"name\":\"a\",\"status\":\"ok\"}] | Field stagesList[0].status: expected start",
                "\"meta\":{\"a\":\"\\u0000\"}     | Field meta: Expected text without the character NUL",
                "\"error\":[]                     | Field error: expected an object, got an array",
                "\"error\":{\"stack\":\"\\u0000\"} | Expected error.stack without the character NUL",
            })
    void refusalNamesField(String field, String message) {
        assertThatExceptionOfType(UndecodableMessageException.class)
                .isThrownBy(() -> parse("job.summary", "," + field))
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[]", "null", "{\"type\":}", "{\"type\":\"job.started\"} {}", "\u0000", "{\"a\":1"})
    void refusesOtherThanOneObject(String json) {
        assertThatExceptionOfType(UndecodableMessageException.class)
                .isThrownBy(() -> parser.parse(json.getBytes(UTF_8)));
    }

    @Test
    void refusesLongLines() {
        String filler = ",\"x\":\"" + "x".repeat(BotEventParser.MAX_LINE_BYTES) + '"';

        assertThatExceptionOfType(UndecodableMessageException.class)
                .isThrownBy(() -> parse("job.started", filler))
                .withMessageContaining("Expected an event of at most 65536 bytes");
    }

    @Test
    void refusesMoreStagesThanAJobMayHave() {
        String stages = "{\"name\":\"a\"},".repeat(1_000) + "{\"name\":\"z\"}";

        assertThatExceptionOfType(UndecodableMessageException.class)
                .isThrownBy(() -> parse("job.summary", ",\"stagesList\":[" + stages + "]"))
                .withMessageContaining("Field stagesList[1000]: Expected stage.no from 1 to 1000");
    }

    private JobEvent parse(String type, String fields) {
        return parser.parse(line(type, fields).getBytes(UTF_8)).get(0);
    }

    /** Later fields replace earlier ones of the same name. */
    private static String line(String type, String fields) {
        return "{\"ts\":\"" + AT + "\",\"service\":\"forusbots\",\"pid\":30334,\"level\":\"info\",\"type\":\"" + type
                + "\",\"jobId\":\"" + ID + "\",\"bot\":\"scrape-plan\"" + fields + "}";
    }
}
