package io.gonkapulse.contracts.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.contracts.json.UndecodableMessageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The files have the shapes of what the integrations of Airflow, Spark and dbt emit. */
class OpenLineageEventParserTest {

    private final OpenLineageEventParser parser = new OpenLineageEventParser();

    @ParameterizedTest
    @CsvSource({
        "airflow-task-start, started, 2026-11-28T02:00:04.123456Z, billing.invoices_daily.load_invoices",
        "airflow-task-complete, succeeded, 2026-11-28T02:00:09.500001Z, billing.invoices_daily.load_invoices",
        "airflow-task-fail, failed, 2026-11-28T02:00:09.500Z, billing.invoices_daily.load_invoices",
        "spark-sql-running, heartbeat, 2026-11-28T02:10:02.731Z, "
                + "spark.word_count.execute_insert_into_hadoop_fs_relation-bff247b5",
        "spark-application-abort, canceled, 2026-11-28T02:10:09Z, spark.word_count",
        "dbt-model-complete, succeeded, 2026-11-27T23:45:01.250Z, dbt.shop.analytics.shop-project.customers.build.run",
    })
    void typeTimeAndBotAreKept(String file, String type, Instant at, String bot) {
        JobEvent event = event(file);

        assertThat(event.type().word()).isEqualTo(type);
        assertThat(event.at()).isEqualTo(at);
        assertThat(event.description().botId()).isEqualTo(bot).hasSizeLessThanOrEqualTo(64);
    }

    @Test
    void startOfTaskNamesItsDag() {
        JobEvent event = event("airflow-task-start");

        assertThat(event.jobId()).isEqualTo(UUID.fromString("01941f29-7c00-7087-8940-40e5bdae6b12"));
        assertThat(event.description().parentId()).isEqualTo(UUID.fromString("01941f29-7c00-7743-b2d5-8e2b1c4d9f10"));
        assertThat(event.attempt().startedAt()).isEqualTo(event.at());
        assertThat(event.origin().source())
                .isEqualTo("https://github.com/apache/airflow/tree/providers-openlineage/2.7.1");
        assertThat(event.details().meta()).isEqualTo("""
                {"name":"billing.invoices_daily.load_invoices","engine":"Airflow","engineVersion":"3.1.0",\
                "nominalStartTime":"2026-11-27T02:00:00+00:00","nominalEndTime":"2026-11-28T02:00:00+00:00",\
                "parent":"invoices_daily",\
                "inputs":["postgres://db.example:5432/billing.public.staged"],"inputsCount":1,\
                "outputs":["postgres://db.example:5432/billing.public.invoices"],"outputsCount":1}""");
    }

    @Test
    void failureHasItsStack() {
        assertThat(requireNonNull(event("airflow-task-fail").details().error())).satisfies(error -> {
            assertThat(error.name()).isNull();
            assertThat(error.message()).isEqualTo("relation \"staged\" does not exist");
            assertThat(error.stack()).startsWith("Traceback (most recent call last):");
        });
    }

    @Test
    void eventInBetweenKeepsEarlierMeta() {
        assertThat(event("spark-sql-running").details().meta()).isNull();
    }

    @Test
    void manyDatasetsAreCounted() {
        JobEvent event = event("spark-sql-other");
        JsonNode meta =
                JsonMapper.shared().readTree(requireNonNull(event.details().meta()));

        assertThat(event.type()).isEqualTo(JobEventType.PROGRESS);
        assertThat(meta.path("inputs").size()).isEqualTo(20);
        assertThat(meta.path("inputsCount").asInt()).isEqualTo(25);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dbt-dataset-event", "static-job-event"})
    void eventsWithoutRunAreIgnored(String file) {
        assertThat(parser.parse(read(file))).isEmpty();
    }

    @Test
    void eventWithoutTypeIsProgress() {
        assertThat(parser.parse(text("\"eventType\":null").getBytes(UTF_8)))
                .singleElement()
                .satisfies(event -> assertThat(event.type()).isEqualTo(JobEventType.PROGRESS));
    }

    @Test
    void nameOfParentRunIsNoLink() {
        String facets =
                "\"run\":{\"runId\":\"01941f29-7c00-7087-8940-40e5bdae6b12\",\"facets\":{\"parent\":{\"run\":{\"runId\":\"manual__1\"}}}}";

        assertThat(parser.parse(text(facets).getBytes(UTF_8))
                        .get(0)
                        .description()
                        .parentId())
                .isNull();
    }

    @Test
    void longNamesKeepDifferentIds() {
        String long1 = BotIdFormatter.format("n." + "x".repeat(70) + "1");
        String long2 = BotIdFormatter.format("n." + "x".repeat(70) + "2");

        assertThat(long1).hasSize(64).isNotEqualTo(long2).matches("n\\.x{53}-[0-9a-f]{8}");
        assertThat(BotIdFormatter.format("x".repeat(64))).isEqualTo("x".repeat(64));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"eventTime\":null                     | Field eventTime is missing",
                "\"eventTime\":\"2026-11-28T02:00:00\"  | Field eventTime: expected a time with an offset",
                "\"eventTime\":1795860000               | Field eventTime: expected a string, got a number",
                "\"eventType\":\"start\"                | Field eventType: expected START, RUNNING",
                "\"eventType\":[]                       | Field eventType: expected a string, got an array",
                "\"producer\":null                      | Field producer is missing",
                "\"run\":null                           | Field run is missing",
                "\"run\":[]                             | Field run: expected an object, got an array",
                "\"run\":{}                             | Field run.runId is missing",
                "\"run\":{\"runId\":\"1\"}              | Field run.runId: expected a UUID, got \"1\"",
                "\"run\":{\"runId\":\"01941f29-7c00-7087-8940-40e5bdae6b12\",\"facets\":[]} | Field run.facets: expected an object",
                "\"run\":{\"runId\":\"01941f29-7c00-7087-8940-40e5bdae6b12\",\"facets\":{\"errorMessage\":{\"message\":{}}}}"
                        + "| Field run.facets.errorMessage.message: expected a string, got an object",
                "\"job\":null                           | Field job is missing",
                "\"job\":{\"name\":\"a\"}               | Field job.namespace is missing",
                "\"job\":{\"namespace\":\"a\"}          | Field job.name is missing",
                "\"inputs\":{}                          | Field inputs: expected an array of objects, got an object",
                "\"outputs\":[{\"namespace\":\"a\"}]    | Field outputs[0].name is missing",
                "\"outputs\":[{\"name\":\"\\u0000\"}]   | Field meta: Expected text without the character NUL",
            })
    void refusalNamesField(String field, String message) {
        assertThatExceptionOfType(UndecodableMessageException.class)
                .isThrownBy(() -> parser.parse(text(field).getBytes(UTF_8)))
                .withMessageContaining(message);
    }

    @Test
    void skipsLargeFacets() {
        String plan =
                "\"job\":{\"namespace\":\"n\",\"name\":\"a\",\"facets\":{\"plan\":\"" + "x".repeat(1 << 20) + "\"}}";

        assertThat(parser.parse(text(plan).getBytes(UTF_8))).hasSize(1);
    }

    @Test
    void refusesLargeEvents() {
        String filler = "\"x\":\"" + "x".repeat(OpenLineageEventParser.MAX_EVENT_BYTES) + '"';

        assertThatExceptionOfType(UndecodableMessageException.class)
                .isThrownBy(() -> parser.parse(text(filler).getBytes(UTF_8)))
                .withMessageContaining("at most 5242880 bytes");
    }

    /** Later fields replace earlier ones of the same name. */
    private static String text(String field) {
        return "{\"eventType\":\"START\",\"eventTime\":\"2026-11-28T02:00:04Z\",\"producer\":\"https://example.com\","
                + "\"run\":{\"runId\":\"01941f29-7c00-7087-8940-40e5bdae6b12\"},"
                + "\"job\":{\"namespace\":\"n\",\"name\":\"a\"}," + field + "}";
    }

    private JobEvent event(String file) {
        return parser.parse(read(file)).get(0);
    }

    private static byte[] read(String file) {
        String path = "/openlineage/" + file + ".json";
        try (InputStream bytes = requireNonNull(OpenLineageEventParserTest.class.getResourceAsStream(path))) {
            return bytes.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
