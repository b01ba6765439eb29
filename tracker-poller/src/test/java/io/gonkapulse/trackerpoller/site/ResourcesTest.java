package io.gonkapulse.trackerpoller.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import io.gonkapulse.testkit.network.http.Responder;
import io.gonkapulse.testkit.network.time.SteppedClock;
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
import org.junit.jupiter.api.Test;

class ResourcesTest {

    private static final UnixOperatingSystemMXBean MACHINE =
            (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

    private final SteppedClock clock = SteppedClock.at(Asking.START);
    private final Stub stub = Stub.good();

    @AfterEach
    void close() {
        stub.close();
    }

    @Test
    void aLargeBodyIsKeptInAFileUntilItIsClosed() {
        stub.answers(Stub.ofLength(3_000_000));
        Set<Path> before = spooled();
        new Asking(clock, stub.url()).sites().first(Asking.START.plus(Asking.PLENTY), site -> {
            Answer answer = site.ask(Request.get("/"));
            assertThat(spooled()).hasSize(before.size() + 1);
            answer.close();
            assertThat(spooled()).isEqualTo(before);
            return true;
        });
    }

    @Test
    void nothingIsLeftOfTwoHundredFailedCallsOfEverySort() {
        Set<Path> filesBefore = spooled();
        Asking asking = new Asking(clock, Asking.settings(Duration.ofMillis(150), stub.url()));
        fail(asking, Stub.status(500));
        long openBefore = MACHINE.getOpenFileDescriptorCount();
        long threadsBefore = exchangeThreads();
        List<Responder> sorts = List.of(
                Stub.brokenOff(),
                Stub.ofLength(6_000_000),
                Stub.dripping(1_500_000, Duration.ofMillis(400)),
                Stub.status(404),
                Stub.text("no json"),
                Stub.body(200, Map.of("Content-Type", "text/html"), new byte[2_000_000]),
                Stub.gzip(new byte[] {'{'}),
                Stub.status(302, "Location", "http://127.0.0.2/"));
        for (int i = 0; i < 200; i++) {
            fail(asking, sorts.get(i % sorts.size()));
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> spooled().equals(filesBefore));
        await().atMost(Duration.ofSeconds(10)).until(() -> MACHINE.getOpenFileDescriptorCount() <= openBefore + 4);
        assertThat(exchangeThreads()).isLessThanOrEqualTo(threadsBefore + 2);
        assertThat(asking.outcomes()).doesNotContainKey("ok");
    }

    @Test
    void aHundredMegabytesPassThroughWithoutLyingOnTheHeap() {
        stub.answers(Stub.ofLength(100_000_000));
        Asking asking = new Asking(
                clock, new SiteSettings(List.of(stub.url()), Asking.PLENTY, Asking.PLENTY, 200_000_000, 100, 4));
        long before = usedAfterCollection();
        long read = asking.sites().first(Asking.START.plus(Asking.PLENTY), site -> {
            try (Answer answer = site.ask(Request.get("/"))) {
                assertThat(usedAfterCollection() - before).isLessThan(8_000_000);
                return lengthOf(answer);
            }
        });
        assertThat(read).isGreaterThanOrEqualTo(100_000_000);
    }

    /** At times far apart, or the circuit would keep most from being asked at all. */
    private void fail(Asking asking, Responder answer) {
        stub.answers(answer);
        clock.advance(Duration.ofMinutes(1));
        assertThat(asking.failures(Duration.ofMillis(500))).hasSize(1);
    }

    private static long usedAfterCollection() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long lengthOf(Answer answer) {
        try (InputStream body = answer.open()) {
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

    private static Set<Path> spooled() {
        try (Stream<Path> files = Files.list(TEMPORARY)) {
            return files.filter(file -> file.getFileName().toString().startsWith(Spool.PREFIX))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
