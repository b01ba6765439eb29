package io.gonkapulse.contracts.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gonkapulse.contracts.ClaimState;
import io.gonkapulse.contracts.LiveSnapshot;
import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeCounters;
import io.gonkapulse.contracts.NodeFacts;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.NodeStatus;
import io.gonkapulse.contracts.SettledSnapshot;
import io.gonkapulse.contracts.Settlement;
import io.gonkapulse.contracts.SnapshotOrigin;
import io.gonkapulse.contracts.TrackerName;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotCodecTest {

    private static final NodeIdentifier NODE = new NodeIdentifier("gonka1qzmhx83xnamk0uqup3lxpf2te9karrwjm9cjh7");

    private static final SnapshotOrigin ORIGIN = new SnapshotOrigin(
            new TrackerName("hyperfusion"),
            "hyperfusion-17",
            Instant.parse("2025-12-08T13:56:58.750Z"),
            Instant.parse("2025-12-08T13:56:28.426061722Z"),
            1_634_323L);

    private static final LiveSnapshot LIVE = new LiveSnapshot(
            NODE,
            105,
            ORIGIN,
            new NodeCounters(Ngonka.of(3805), 6, 0, 5, 0),
            NodeStatus.HEALTHY,
            new NodeFacts(
                    "ACTIVE", 3965L, List.of("Qwen/Qwen3-235B-A22B-Instruct-2507-FP8"), null, "H100", 8L, null, null));

    private static final String LIVE_JSON = """
            {"v":1,"kind":"live","node":"gonka1qzmhx83xnamk0uqup3lxpf2te9karrwjm9cjh7","epoch":105,\
            "observedAt":"2025-12-08T13:56:28.426061722Z","earned":"3805","inferences":6,"missed":0,\
            "fetchedAt":"2025-12-08T13:56:58.750Z","tracker":"hyperfusion","poll":"hyperfusion-17","height":1634323,\
            "validated":5,"invalidated":0,"status":"healthy","participantStatus":"ACTIVE","weight":3965,\
            "model":"Qwen/Qwen3-235B-A22B-Instruct-2507-FP8","gpuType":"H100","gpuCount":8}""";

    private static final SettledSnapshot SETTLED = new SettledSnapshot(
            NODE,
            104,
            ORIGIN,
            NodeCounters.ZERO,
            new Settlement(
                    Ngonka.parse("1000000000000000000"),
                    ClaimState.FORFEITED,
                    false,
                    Instant.parse("2025-12-07T11:00:00Z"),
                    1_627_595L,
                    Instant.parse("2025-12-09T14:28:00Z")));

    private static final String SETTLED_JSON = """
            {"v":1,"kind":"settled","node":"gonka1qzmhx83xnamk0uqup3lxpf2te9karrwjm9cjh7","epoch":104,\
            "observedAt":"2025-12-08T13:56:28.426061722Z","earned":"0","inferences":0,"missed":0,\
            "rewarded":"1000000000000000000","claim":"forfeited","approximate":false,\
            "settledAt":"2025-12-07T11:00:00Z","settledHeight":1627595,"forfeitedAt":"2025-12-09T14:28:00Z",\
            "fetchedAt":"2025-12-08T13:56:58.750Z","tracker":"hyperfusion","poll":"hyperfusion-17","height":1634323,\
            "validated":0,"invalidated":0}""";

    private final SnapshotCodec codec = new SnapshotCodec();

    @Test
    void encodesLiveSnapshotExactly() {
        assertThat(codec.encode(LIVE)).asString().isEqualTo(LIVE_JSON);
        assertThat(codec.decode(LIVE_JSON.getBytes(UTF_8))).isEqualTo(LIVE);
    }

    @Test
    void roundTripsModels() {
        String json = LIVE_JSON.replace(
                "}", ",\"models\":[\"Qwen/Qwen3-235B-A22B-Instruct-2507-FP8\",\"\",\"Qwen/QwQ-32B\"]}");
        LiveSnapshot decoded = (LiveSnapshot) codec.decode(json.getBytes(UTF_8));

        assertThat(decoded.facts().models())
                .containsExactly("Qwen/Qwen3-235B-A22B-Instruct-2507-FP8", "", "Qwen/QwQ-32B");
        assertThat(decoded.facts().model()).isEqualTo("Qwen/Qwen3-235B-A22B-Instruct-2507-FP8");
        assertThat(codec.encode(decoded)).asString().isEqualTo(json);
    }

    @Test
    void emptyModelsMeanThatOfModel() {
        assertThat(codec.decode(LIVE_JSON.replace("}", ",\"models\":[]}").getBytes(UTF_8)))
                .isEqualTo(LIVE);
    }

    @Test
    void limitsModels() {
        assertThat(codec.decode(withModels(64, 255))).isNotNull();
        assertThatExceptionOfType(UndecodableMessageException.class)
                .isThrownBy(() -> codec.decode(withModels(65, 255)))
                .withMessageContaining("at most 64 models, got 65");
        assertThatExceptionOfType(UndecodableMessageException.class)
                .isThrownBy(() -> codec.decode(withModels(64, 256)))
                .withMessageContaining("a model of at most 255 characters");
    }

    private static byte[] withModels(int count, int length) {
        String models = String.join("\",\"", Collections.nCopies(count, "m".repeat(length)));
        return LIVE_JSON.replace("}", ",\"models\":[\"" + models + "\"]}").getBytes(UTF_8);
    }

    @Test
    void encodesSettledSnapshotExactly() {
        assertThat(codec.encode(SETTLED)).asString().isEqualTo(SETTLED_JSON);
        assertThat(codec.decode(SETTLED_JSON.getBytes(UTF_8))).isEqualTo(SETTLED);
    }

    @ParameterizedTest
    @CsvSource({
        "\"epoch\":105, \"epoch\":10000000, \"epoch\":10000001, epoch from 0 to 10000000",
        "\"earned\":\"3805\", \"earned\":\"1000000000000000000\", \"earned\":\"1000000000000000001\", earned from 0 to",
        "\"inferences\":6, \"inferences\":100000000000, \"inferences\":100000000001, inferences from 0 to 100000000000",
        "\"missed\":0, \"missed\":100000000000, \"missed\":100000000001, missed from 0 to 100000000000",
        "\"validated\":5, \"validated\":100000000000, \"validated\":100000000001, validated from 0 to 100000000000",
        "\"weight\":3965, \"weight\":999999999999, \"weight\":1000000000000, weight from 0 to 999999999999",
        "2025-12-08T13:56:28.426061722Z, 1970-01-01T00:00:00Z, 1969-12-31T23:59:59Z, observedAt from 1970 on",
    })
    void refusesValueBeyondLimit(String good, String last, String beyond, String message) {
        assertThat(codec.decode(LIVE_JSON.replace(good, last).getBytes(UTF_8))).isNotNull();
        assertThatExceptionOfType(UndecodableMessageException.class)
                .isThrownBy(() -> codec.decode(LIVE_JSON.replace(good, beyond).getBytes(UTF_8)))
                .withMessageContaining(message)
                .matches(refusal -> refusal.reason() == UndecodableMessageException.Reason.OUT_OF_BOUNDS);
    }

    @ParameterizedTest
    @CsvSource({
        "fetchedAt, 2025-12-08T13:56:58.750Z",
        "observedAt, 2025-12-08T13:56:28.426061722Z",
        "settledAt, 2025-12-07T11:00:00Z",
        "forfeitedAt, 2025-12-09T14:28:00Z",
    })
    void refusesTimeAheadOfRecord(String field, String time) {
        byte[] inTime = SETTLED_JSON.replace(time, "2026-01-01T00:05:00Z").getBytes(UTF_8);
        byte[] ahead = SETTLED_JSON.replace(time, "2026-01-01T00:05:00.000001Z").getBytes(UTF_8);
        long timestamp = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

        assertThat(codec.decode(inTime, timestamp)).isNotNull();
        assertThatExceptionOfType(UndecodableMessageException.class)
                .isThrownBy(() -> codec.decode(ahead, timestamp))
                .withMessageContaining("Field " + field + ": expected a time up to 2026-01-01T00:05:00Z")
                .matches(refusal -> refusal.reason() == UndecodableMessageException.Reason.TIME_AHEAD);
    }

    @Test
    void acceptsAnyFieldOrder() {
        String shuffled = LIVE_JSON
                .replace("{\"v\":1,\"kind\":\"live\",", "{")
                .replace("\"gpuCount\":8}", "\"gpuCount\":8,\"kind\":\"live\",\"v\":1}");

        assertThat(codec.decode(shuffled.getBytes(UTF_8))).isEqualTo(LIVE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"earned\":\"3805\"       | \"earned\":3805            | earned: expected whole ngonka as a string",
                "\"earned\":\"3805\"       | \"earned\":\"-1\"          | earned: expected whole ngonka, 0 or more, got a negative",
                "\"earned\":\"3805\"       | \"earned\":\"1e3\"         | earned: Expected an amount in whole ngonka",
                "\"missed\":0              | \"missed\":-1              | missed: expected a whole number from 0",
                "\"missed\":0              | \"missed\":0.0             | missed: expected a whole number",
                "8}                        | 8,\"models\":\"m\"}    | models: expected an array of strings",
                "8}                        | 8,\"models\":[null]}   | models: expected a string",
                "\"status\":\"healthy\"    | \"status\":\"fine\"        | status: expected one of [healthy, jailed",
                "\"kind\":\"live\"         | \"kind\":\"dead\"          | kind: expected one of [live, settled]",
                "28.426061722Z             | 28.4260617221Z             | observedAt: expected a UTC time",
                "28.426061722Z             | 28.426061722+00:00         | observedAt: expected a UTC time",
                "2025-12-08T13:56:28       | 2025-02-29T13:56:28        | observedAt: expected a UTC time",
                "lxpf2te9karrwjm9cjh7      | lxpf2te9karrwjm9cjh8       | the checksum does not match",
                "\"tracker\":\"hyperfusion | \"tracker\":\"Hyper fusion | Expected a tracker name",
            })
    void errorNamesFieldAndExpectation(String good, String bad, String message) {
        String json = LIVE_JSON.replace(good, bad);

        assertThat(json).isNotEqualTo(LIVE_JSON);
        assertThatExceptionOfType(UndecodableMessageException.class)
                .isThrownBy(() -> codec.decode(json.getBytes(UTF_8)))
                .withMessageContaining(message);
    }

    @Test
    void refusesHugeExponent() {
        String json = LIVE_JSON.replace("\"gpuCount\":8", "\"tokensPerSecond\":1e-999999999");

        assertThatExceptionOfType(UndecodableMessageException.class)
                .isThrownBy(() -> codec.decode(json.getBytes(UTF_8)))
                .withMessageContaining("tokensPerSecond");
    }
}
