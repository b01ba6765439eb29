package io.gonkapulse.contracts.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gonkapulse.contracts.job.JobAttempt;
import io.gonkapulse.contracts.job.JobDescription;
import io.gonkapulse.contracts.job.JobError;
import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.job.JobEventDetails;
import io.gonkapulse.contracts.job.JobEventOrigin.Reporter;
import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.contracts.job.JobLimits;
import io.gonkapulse.contracts.json.UndecodableMessageException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JobEventCodecTest {

    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");
    private static final String ID = "0192d3a4-5f2c-7abc-8def-0123456789ab";

    private final JobEventCodec codec = new JobEventCodec();

    @Test
    void smallestEventHasDefaults() {
        JobEvent event = decode("");

        assertThat(event.type()).isEqualTo(JobEventType.STARTED);
        assertThat(event.origin().by()).isEqualTo(Reporter.EXECUTOR);
        assertThat(event.attempt()).isEqualTo(JobAttempt.FIRST);
        assertThat(event.description()).isEqualTo(JobDescription.NONE);
        assertThat(event.details()).isEqualTo(JobEventDetails.NONE);
    }

    @Test
    void nullCountsAsAbsent() {
        assertThat(decode(
                        ",\"parentId\":null,\"meta\":null,\"stage\":null,\"stages\":null,\"by\":null,\"attempt\":null"))
                .isEqualTo(decode(""));
    }

    @Test
    void largeObjectIsReplacedByItsBeginning() {
        String meta = "{\"text\":\"\\\"" + "é🚀".repeat(3_000) + "\"}";
        String limited = String.valueOf(decode(",\"meta\":" + meta).details().meta());

        JsonNode object = JsonMapper.shared().readTree(limited);
        assertThat(object.path("truncated").asBoolean()).isTrue();
        assertThat(object.path("bytes").asInt()).isEqualTo(meta.getBytes(UTF_8).length);
        assertThat(meta).startsWith(object.path("head").asString());
        assertThat(object.path("head").asString()).hasSizeBetween(3_990, 4_000);
        assertThat(limited.getBytes(UTF_8)).hasSizeLessThan(JobLimits.MAX_JSON_BYTES);
        assertThat(JobLimits.limitJson(limited)).isEqualTo(limited);
    }

    @Test
    void largestObjectIsKept() {
        String meta = "{\"t\":\"" + "x".repeat(JobLimits.MAX_JSON_BYTES - 8) + "\"}";

        assertThat(decode(",\"meta\":" + meta).details().meta()).isEqualTo(meta);
    }

    @Test
    void longErrorsAreCutOff() {
        JobError error = new JobError("n".repeat(300), "é".repeat(5_000), "x".repeat(3_999) + "🚀🚀");

        assertThat(error.name()).hasSize(255);
        assertThat(error.message()).hasSize(4_000);
        assertThat(error.stack()).hasSize(3_999);
    }

    @Test
    void objectsAreCopiedWithoutWhiteSpace() {
        assertThat(decode(",\"result\": { \"a\" : [ 1 , -2.50e3, null ], \"\\u00e9\" : \"\\/\" } ")
                        .details()
                        .result())
                .isEqualTo("{\"a\":[1,-2.50e3,null],\"é\":\"/\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"meta\":{\"a\":\"\\u0000\"}            | meta: Expected text without the character NUL",
                "\"meta\":{\"\\u0000\":1}                | meta: Expected text without the character NUL",
                "\"meta\":{\"a\":\"\\ud83d\"}            | meta: Expected text without half of a surrogate pair",
                "\"meta\":{\"a\":1e301}                  | meta: Expected numbers of at most 100 characters",
                "\"meta\":{\"a\":1e99999999999}          | meta: Expected numbers of at most 100 characters",
                "\"meta\":[]                             | meta: expected an object, got START_ARRAY",
                "\"meta\":\"{}\"                         | meta: expected an object, got VALUE_STRING",
                "\"incarnation\":\"a\\u0000\"            | Expected incarnation without the character NUL",
                "\"trace\":\"\\udc00\"                   | Expected trace without half of a surrogate pair",
                "\"botId\":\"Poll\"                      | Expected botId of 1 to 64 characters",
                "\"attempt\":0                           | Expected attempt from 1 to 1000, got 0",
                "\"attempt\":4294967297                  | Expected attempt from 1 to 1000, got 2147483647",
                "\"leaseMillis\":999                     | Expected leaseMillis from 1000 to 604800000",
                "\"by\":\"queue\"                        | Expected by=queue with the event canceled only, got started",
                "\"parentId\":\"1-1-1-1-1\"              | parentId: expected a UUID",
            })
    void refusesWhatCannotBeStored(String field, String message) {
        assertThatExceptionOfType(UndecodableMessageException.class)
                .isThrownBy(() -> decode("," + field))
                .withMessageContaining(message);
    }

    @Test
    void refusesDeepObjects() {
        assertThatExceptionOfType(UndecodableMessageException.class)
                .isThrownBy(() -> decode(",\"meta\":{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}"))
                .withMessageContaining("at most 100 levels");
    }

    @Test
    void refusesLargeEvents() {
        byte[] json = event(",\"new\":\"" + "x".repeat(JobLimits.MAX_EVENT_BYTES) + '"')
                .getBytes(UTF_8);

        assertThatExceptionOfType(UndecodableMessageException.class)
                .isThrownBy(() -> codec.decode(json))
                .satisfies((Consumer<UndecodableMessageException>)
                        refusal -> assertThat(refusal.reason()).isEqualTo(Reason.OUT_OF_BOUNDS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"stage.started", "stages", "lost"})
    void refusesEventsWithoutTheirDetails(String type) {
        String json = event("").replace("started", type);

        assertThatExceptionOfType(UndecodableMessageException.class)
                .isThrownBy(() -> codec.decode(json.getBytes(UTF_8)))
                .withMessageContaining(type.equals("lost") ? "leaseUntil" : "stage");
    }

    @ParameterizedTest
    @ValueSource(strings = {"acceptedAt", "startedAt"})
    void refusesTimesFarFromTheRecord(String field) {
        assertNear(field, NOW.plus(Duration.ofMinutes(10)), true);
        assertNear(field, NOW.plus(Duration.ofMinutes(10)).plusMillis(1), false);
        assertNear(field, NOW.minus(Duration.ofDays(400)), true);
        assertNear(field, NOW.minus(Duration.ofDays(400)).minusMillis(1), false);
    }

    @Test
    void refusesIdsFromTheFuture() {
        byte[] json = event("").getBytes(UTF_8);
        long idTime = UUID.fromString(ID).getMostSignificantBits() >>> 16;

        assertThat(JobEventCodec.idTime(UUID.fromString(ID))).isEqualTo(Instant.ofEpochMilli(idTime));
        assertThat(JobEventCodec.idTime(UUID.randomUUID())).isNull();
        byte[] early = event("")
                .replace(NOW.toString(), Instant.ofEpochMilli(idTime - 600_001).toString())
                .getBytes(UTF_8);
        assertThat(codec.decode(json, NOW.toEpochMilli()).jobId()).isEqualTo(UUID.fromString(ID));
        assertThatExceptionOfType(UndecodableMessageException.class)
                .isThrownBy(() -> codec.decode(early, idTime - 600_001))
                .withMessageContaining("Field jobId: expected a time at most 10 minutes after the record's own");
    }

    private void assertNear(String field, Instant time, boolean accepted) {
        byte[] json = event(",\"" + field + "\":\"" + time + '"').getBytes(UTF_8);
        if (accepted) {
            assertThat(codec.decode(json, NOW.toEpochMilli())).isEqualTo(codec.decode(json));
        } else {
            assertThatExceptionOfType(UndecodableMessageException.class)
                    .isThrownBy(() -> codec.decode(json, NOW.toEpochMilli()))
                    .withMessageContaining("Field " + field);
        }
    }

    private JobEvent decode(String moreFields) {
        return codec.decode(event(moreFields).getBytes(UTF_8));
    }

    private static String event(String moreFields) {
        return "{\"v\":1,\"jobId\":\"" + ID + "\",\"event\":\"started\",\"at\":\"" + NOW + "\",\"source\":\"test\""
                + moreFields + "}";
    }
}
