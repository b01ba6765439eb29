package io.gonkapulse.trackerpoller.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.networksimulator.http.LoopbackHttpServer.ExchangeHandler;
import io.gonkapulse.networksimulator.http.StubTrackerServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ClientResourcesTest {

    private static final UnixOperatingSystemMXBean MACHINE =
            (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

    private final SteppedClock clock = SteppedClock.at(ClientFixture.START);
    private final StubTrackerServer stub = StubTrackerServer.returningJson();

    @AfterEach
    void close() {
        stub.close();
    }

    @Test
    void buffersLargeBodyInFileUntilClosed() {
        stub.respondWith(StubTrackerServer.responseOfLength(3_000_000));
        Set<Path> before = bufferFiles();
        new ClientFixture(clock, stub.url())
                .client()
                .execute(ClientFixture.START.plus(ClientFixture.LONG_TIMEOUT), client -> {
                    TrackerResponse response = client.get(TrackerRequest.get("/"));
                    assertThat(bufferFiles()).hasSize(before.size() + 1);
                    response.close();
                    assertThat(bufferFiles()).isEqualTo(before);
                    return true;
                });
    }

    @Test
    @Tag("slow")
    void releasesResourcesAfterFailedCalls() {
        Set<Path> filesBefore = bufferFiles();
        ClientFixture fixture = new ClientFixture(
                clock, TestTrackerClientSettings.settings(stub.url()).idleTimeout(Duration.ofMillis(150)));
        fail(fixture, StubTrackerServer.statusResponse(500));
        long openBefore = MACHINE.getOpenFileDescriptorCount();
        long threadsBefore = exchangeThreads();
        List<ExchangeHandler> sorts = List.of(
                StubTrackerServer.brokenResponse(),
                StubTrackerServer.responseOfLength(6_000_000),
                StubTrackerServer.drippingResponse(1_500_000, Duration.ofMillis(400)),
                StubTrackerServer.statusResponse(404),
                StubTrackerServer.textResponse("no json"),
                StubTrackerServer.bodyResponse(200, Map.of("Content-Type", "text/html"), new byte[2_000_000]),
                StubTrackerServer.gzipResponse(new byte[] {'{'}),
                StubTrackerServer.statusResponse(302, "Location", "http://127.0.0.2/"));
        for (int i = 0; i < 200; i++) {
            fail(fixture, sorts.get(i % sorts.size()));
        }
        await().atMost(ClientFixture.LONG_TIMEOUT).until(() -> bufferFiles().equals(filesBefore));
        await().atMost(ClientFixture.LONG_TIMEOUT).until(() -> MACHINE.getOpenFileDescriptorCount() <= openBefore + 4);
        assertThat(exchangeThreads()).isLessThanOrEqualTo(threadsBefore + 2);
        assertThat(fixture.outcomes()).doesNotContainKey("ok");
    }

    @Test
    void streamsLargeBodyOutsideHeap() {
        stub.respondWith(StubTrackerServer.responseOfLength(100_000_000));
        ClientFixture fixture = new ClientFixture(
                clock, TestTrackerClientSettings.settings(stub.url()).bodyLimit(200_000_000));
        long before = usedAfterCollection();
        long read = fixture.client().execute(ClientFixture.START.plus(ClientFixture.LONG_TIMEOUT), client -> {
            try (TrackerResponse response = client.get(TrackerRequest.get("/"))) {
                assertThat(usedAfterCollection() - before).isLessThan(8_000_000);
                return lengthOf(response);
            }
        });
        assertThat(read).isGreaterThanOrEqualTo(100_000_000);
    }

    /** Waits a minute between requests, because an open circuit would prevent most of them. */
    private void fail(ClientFixture fixture, ExchangeHandler response) {
        stub.respondWith(response);
        clock.advance(Duration.ofMinutes(1));
        assertThat(fixture.failures(Duration.ofMillis(500))).hasSize(1);
    }

    private static long usedAfterCollection() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long lengthOf(TrackerResponse response) {
        try (InputStream body = response.open()) {
            return body.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long exchangeThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("HttpClient"))
                .count();
    }

    private static Set<Path> bufferFiles() {
        try (Stream<Path> files = Files.list(TEMPORARY)) {
            return files.filter(file -> file.getFileName().toString().startsWith(ResponseBuffer.PREFIX))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
