package io.gonkapulse.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.networksimulator.SimulatedNetwork;
import io.gonkapulse.networksimulator.model.NetworkPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Readers of all routes during writes, with a rebuild in the middle. Takes twenty seconds;
 * {@code -Dmixed-load.minutes=10} takes longer.
 */
@Tag("process")
class MixedLoadTest {

    private static final int NODES = 500;
    private static final int READERS = 4;
    private static final int TIMEOUT_SECONDS = 90;
    private static final Duration LENGTH = Integer.getInteger("mixed-load.minutes") == null
            ? Duration.ofSeconds(20)
            : Duration.ofMinutes(Integer.getInteger("mixed-load.minutes"));

    private final InstantSource clock = InstantSource.system();
    private final List<String> nodes = SimulatedNetwork.of(
                    NetworkPlan.defaults().seed(1).participants(NODES).retainedBlocks(1_000_000), clock)
            .nodes()
            .map(NodeIdentifier::value)
            .toList();

    @TempDir
    private Path home;

    @Test
    void totalsStayConsistentDuringRebuild() throws Exception {
        try (QuickstartProcess quickstart =
                QuickstartProcess.startAndAwaitReady(home.resolve("data"), "--nodes=" + NODES)) {
            quickstart.awaitLine("all fetched");
            QuickstartApiClient api = new QuickstartApiClient(quickstart.address("API"));
            ClosedDays closed = ClosedDays.of(today());
            String total = appliedTotal(api, closed);
            Instant begin = clock.instant();
            ExecutorService readers = Executors.newFixedThreadPool(READERS);
            List<Callable<MixedReader>> tasks = MixedReader.create(
                            READERS, api, nodes, closed, clock, begin.plus(LENGTH))
                    .map(MixedReader::task)
                    .toList();
            List<Future<MixedReader>> results =
                    tasks.stream().map(readers::submit).toList();

            while (clock.instant().isBefore(begin.plus(LENGTH.dividedBy(2)))) {
                assertThat(closed.total(api)).isEqualTo(total);
            }
            assertThat(rebuild(quickstart)).isZero();
            while (clock.instant().isBefore(begin.plus(LENGTH))) {
                assertThat(closed.total(api)).isEqualTo(total);
            }

            MixedReader all = MixedReader.combine(results);
            readers.shutdown();
            System.out.println("Mixed load: " + all);
            assertThat(all.errors()).isEmpty();
            assertThat(all.responseCount()).isPositive();
            quickstart.terminate();
        }
    }

    /** Waits until the total of closed days is complete and stable. */
    private String appliedTotal(QuickstartApiClient api, ClosedDays closed) {
        Instant deadline = clock.instant().plusSeconds(TIMEOUT_SECONDS);
        String before = "";
        String now = closed.total(api);
        for (int same = 0; same < 20; same = now.equals(before) && !now.equals("0") ? same + 1 : 0) {
            assertThat(clock.instant()).isBefore(deadline);
            before = now;
            now = closed.total(api);
        }
        return now;
    }

    /** Runs in its own process while the service runs, as an operator starts it. */
    private int rebuild(QuickstartProcess quickstart) throws IOException, InterruptedException {
        Path output = Files.createFile(home.resolve("rebuild.log"));
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.gonkapulse.earningsaggregator.EarningsAggregatorMain",
                        "rebuild",
                        "--spring.kafka.bootstrap-servers=" + quickstart.address("Kafka"),
                        "--spring.datasource.url="
                                + quickstart.address("PostgreSQL").replaceFirst("\\?.*", ""),
                        "--spring.datasource.username=postgres",
                        "--spring.datasource.password=")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        Process process = builder.start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).as(Files.readString(output)).isZero();
        return 0;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
