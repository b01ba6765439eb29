package io.gonkapulse.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gonkapulse.networksimulator.SimulatedNetwork;
import io.gonkapulse.quickstart.TraceCollector.CollectedSpan;
import io.gonkapulse.servicekit.observability.PulseMeter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What all programs and servers together show: the API's data, catalogued meters, a trace from poll to tables. */
@Tag("process")
class PipelineTest {

    private static final int NODES = 25;
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    /** Registered on the first skip only; {@code PollerMetricsTest} covers it. */
    private static final Set<PulseMeter> OPTIONAL_METERS = Set.of(PulseMeter.PARTICIPANTS_SKIPPED);

    private static final Pattern SAMPLE = Pattern.compile("^([a-z_]+)(?:\\{([^}]*)})? \\S+$", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");

    @TempDir
    private static Path home;

    private static TraceCollector collector;
    private static QuickstartProcess quickstart;

    @BeforeAll
    static void start() throws IOException {
        collector = new TraceCollector();
        quickstart = QuickstartProcess.startAndAwaitReady(
                home.resolve("data"),
                "--nodes=" + NODES,
                "-Dotel.exporter.otlp.endpoint=" + collector.endpoint(),
                "-Dotel.bsp.schedule.delay=200",
                "-Dwriter.metrics-interval=1s",
                "-Dearnings.missing-settlements-interval=1s");
    }

    @AfterAll
    static void stop() {
        try (QuickstartProcess running = quickstart) {
            running.terminate();
        } finally {
            collector.close();
        }
    }

    /** Polls continue, so a comparison succeeds only between a poll's last record and the next poll. */
    @Test
    void apiMatchesSimulatedNetwork() {
        quickstart.awaitLine("all fetched");
        InstantSource clock = InstantSource.system();
        NetworkComparison comparison = new NetworkComparison(
                new QuickstartApiClient(quickstart.address("API")),
                SimulatedNetwork.of(QuickstartOptions.networkPlan(1, NODES), clock),
                clock);
        EpochComparison epochs = new EpochComparison(comparison.api(), comparison.network());
        String kafka = quickstart.address("Kafka");
        eventually(() -> comparison.compare(PublishedSnapshots.read(kafka)));
        eventually(() -> epochs.compare(PublishedSnapshots.read(kafka)));
    }

    @ParameterizedTest
    @CsvSource({
        "Tracker poller, tracker-poller",
        "Stats writer, stats-writer",
        "Earnings, earnings-aggregator",
        "Job recorder, job-recorder",
        "API, api-gateway"
    })
    void exposesCataloguedMeters(String component, String service) {
        String address = quickstart.address(component);
        eventually(() -> compareMeters(service, scrape(address)));
    }

    private static void compareMeters(String service, Map<String, Set<String>> samples) {
        Map<String, Set<String>> catalogued = Arrays.stream(PulseMeter.values())
                .filter(meter -> meter.services().contains(service))
                .flatMap(meter -> meter.prometheusNames().stream().map(name -> Map.entry(name, labels(meter))))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        Set<String> exposed = samples.keySet().stream()
                .filter(name -> name.startsWith("gonkapulse_"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(catalogued.keySet()).as("meters of %s", service).containsAll(exposed);
        Arrays.stream(PulseMeter.values())
                .filter(meter -> meter.services().contains(service) && !OPTIONAL_METERS.contains(meter))
                .flatMap(meter -> meter.prometheusNames().stream())
                .forEach(name -> assertThat(samples.get(name))
                        .as("labels of %s in %s", name, service)
                        .isEqualTo(catalogued.get(name)));
    }

    private static Set<String> labels(PulseMeter meter) {
        return Stream.concat(meter.tags().stream().map(tag -> tag.replace('.', '_')), Stream.of("application"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void tracesPollToTables() {
        eventually(PipelineTest::compareTraces);
    }

    private static void compareTraces() {
        List<CollectedSpan> applied = collector.named("apply tracker.snapshots").toList();
        assertThat(collector.named("poll current")).anySatisfy(poll -> {
            assertThat(poll.service()).isEqualTo("tracker-poller");
            assertThat(poll.parent()).isEmpty();
            assertThat(applied.stream()
                            .filter(span -> span.trace().equals(poll.trace())
                                    && span.parent().equals(poll.id()))
                            .map(CollectedSpan::service))
                    .contains("stats-writer", "earnings-aggregator");
        });
    }

    /** Returns each meter name with the labels of its first sample. */
    private static Map<String, Set<String>> scrape(String address) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/actuator/prometheus"))
                .build();
        try {
            String text = HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
            return SAMPLE.matcher(text)
                    .results()
                    .collect(Collectors.toMap(
                            sample -> sample.group(1),
                            sample -> labels(sample.group(2) == null ? "" : sample.group(2)),
                            (one, other) -> one));
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static Set<String> labels(String text) {
        Matcher labels = LABEL.matcher(text);
        return labels.results()
                .map(label -> label.group(1))
                .filter(label -> !label.equals("le"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void eventually(ThrowingRunnable assertions) {
        await().atMost(TIMEOUT).pollInterval(Duration.ofMillis(200)).untilAsserted(assertions);
    }
}
