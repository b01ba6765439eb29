package io.gonkapulse.contracts.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.contracts.job.JobStage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Recorded lines of the original bot platform, compared with the rows that it stored for them. */
class RecordedBotEventsTest {

    private static final List<JobEvent> EVENTS = events();

    static List<JsonNode> storedJobs() {
        return JsonMapper.shared()
                .readTree(read("jobs-as-stored.json"))
                .valueStream()
                .toList();
    }

    static List<JsonNode> storedStages() {
        return JsonMapper.shared()
                .readTree(read("stages-as-stored.json"))
                .valueStream()
                .toList();
    }

    @Test
    void everyLineIsAnEvent() {
        assertThat(EVENTS).hasSize(54);
    }

    @ParameterizedTest
    @MethodSource("storedJobs")
    void timesAreThoseOfStoredJob(JsonNode stored) {
        assertThat(only(stored, JobEventType.ACCEPTED).attempt().acceptedAt()).isEqualTo(time(stored, "accepted_at"));
        assertThat(ofJob(stored, JobEventType.STARTED)
                        .map(event -> event.attempt().startedAt())
                        .findAny()
                        .orElse(null))
                .isEqualTo(time(stored, "started_at"));
        assertThat(outcome(stored).at()).isEqualTo(time(stored, "finished_at"));
    }

    /** The original stored a canceled job as failed. */
    @ParameterizedTest
    @MethodSource("storedJobs")
    void outcomeIsTrue(JsonNode stored) {
        boolean wasCanceled = stored.at("/error/name").asString("").equals("Canceled");

        assertThat(outcome(stored).type().word())
                .isEqualTo(wasCanceled ? "canceled" : stored.path("state").asString());
    }

    @ParameterizedTest
    @MethodSource("storedJobs")
    void descriptionIsThatOfStoredJob(JsonNode stored) {
        JobEvent accepted = only(stored, JobEventType.ACCEPTED);

        assertThat(accepted.description().botId())
                .isEqualTo(stored.path("bot_id").asString());
        assertThat(json(outcome(stored).details().result())).isEqualTo(stored.path("result"));
        if (stored.path("meta").isObject()) {
            assertThat(json(accepted.details().meta())).isEqualTo(stored.path("meta"));
        } else {
            assertThat(stored.path("meta").asString())
                    .startsWith(json(accepted.details().meta()).path("head").asString());
        }
        if (!stored.path("created_by_role").isNull()) {
            assertThat(requireNonNull(accepted.description().createdBy()).role())
                    .isEqualTo(stored.path("created_by_role").asString());
        }
    }

    @ParameterizedTest
    @MethodSource("storedJobs")
    void stagesAreThoseOfStoredJob(JsonNode stored) {
        assertThat(ofJob(stored, JobEventType.STAGES).flatMap(event -> event.details().stages().stream()))
                .extracting(RecordedBotEventsTest::text)
                .isEqualTo(stored.path("stages_list")
                        .valueStream()
                        .map(stage -> stage.path("name").asString()
                                + ' '
                                + stage.path("status").asString()
                                + ' '
                                + time(stage, "startedAt")
                                + ' '
                                + stage.path("durationMs").asLong())
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("storedStages")
    void everyStoredStageHasAnEvent(JsonNode stored) {
        String word = stored.path("status").asString();
        JobEventType type = word.equals("start")
                ? JobEventType.STAGE_STARTED
                : word.equals("fail") ? JobEventType.STAGE_FAILED : JobEventType.STAGE_SUCCEEDED;

        assertThat(ofJob(stored, type)).anySatisfy(event -> {
            assertThat(requireNonNull(event.details().stage()).name())
                    .isEqualTo(stored.path("stage_name").asString());
            assertThat(requireNonNull(event.details().stage()).startedAt()).isEqualTo(time(stored, "started_at"));
            assertThat(event.at()).isEqualTo(time(stored, "ended_at"));
        });
    }

    private static JobEvent outcome(JsonNode stored) {
        return EVENTS.stream()
                .filter(event ->
                        event.jobId().equals(id(stored)) && event.type().isOutcome())
                .findAny()
                .orElseThrow();
    }

    private static JobEvent only(JsonNode stored, JobEventType type) {
        return ofJob(stored, type).findAny().orElseThrow();
    }

    private static Stream<JobEvent> ofJob(JsonNode stored, JobEventType type) {
        return EVENTS.stream().filter(event -> event.jobId().equals(id(stored)) && event.type() == type);
    }

    private static UUID id(JsonNode stored) {
        return UUID.fromString(stored.path("job_id").asString());
    }

    private static @Nullable Instant time(JsonNode row, String name) {
        return row.path(name).isNull()
                ? null
                : OffsetDateTime.parse(row.path(name).asString()).toInstant();
    }

    private static JsonNode json(@Nullable String object) {
        return JsonMapper.shared().readTree(object == null ? "null" : object);
    }

    private static String text(JobStage stage) {
        return stage.name()
                + ' '
                + stage.status().name().toLowerCase(Locale.ROOT)
                + ' '
                + stage.startedAt()
                + ' '
                + stage.durationMillis();
    }

    private static List<JobEvent> events() {
        BotEventParser parser = new BotEventParser();
        return read("job-events.jsonl")
                .lines()
                .flatMap(line -> parser.parse(line.getBytes(UTF_8)).stream())
                .toList();
    }

    private static String read(String name) {
        try (InputStream file = requireNonNull(RecordedBotEventsTest.class.getResourceAsStream("/bot/" + name))) {
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
