package io.gonkapulse.apigateway.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.apigateway.support.TestGateway;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.nio.file.Path;
import org.awaitility.core.ThrowingRunnable;

/** The dashboard of a gateway, open in a browser. */
final class DashboardPage implements AutoCloseable {

    static final String ROWS = ".nodes tbody tr";

    private static final String NO_BROWSER = "No chromium with chromedriver on the PATH: the dashboard is not tested";
    private static final String REFRESH = "(window.dispatchEvent(new Event('online')), '')";

    private static final String RECORD_MESSAGES = """
            (window.messages = [],
             new MutationObserver(() => window.messages.push(document.getElementById('message').textContent))
                 .observe(document.getElementById('message'), { childList: true }),
             '')
            """;

    private final TestGateway gateway;
    private final HeadlessBrowser browser;

    private DashboardPage(TestGateway gateway, HeadlessBrowser browser) {
        this.gateway = gateway;
        this.browser = browser;
    }

    /** Skips the test on machines without a browser. */
    static void requireBrowser() {
        assumeTrue(HeadlessBrowser.isAvailable(), NO_BROWSER);
    }

    static DashboardPage start(TestDatabase database, SteppedClock clock, Path downloads, String... settings) {
        TestGateway gateway = TestGateway.start(database, clock, settings);
        return new DashboardPage(gateway, HeadlessBrowser.start(downloads));
    }

    static GatewayTestData dataIn(TestDatabase database) {
        requireBrowser();
        return GatewayTestData.in(database);
    }

    HeadlessBrowser browser() {
        return browser;
    }

    /** Opens a page with an empty storage: nothing is watched, and the language is that of the browser. */
    void openFirst(String path) {
        openPicture();
        browser.evaluate("(localStorage.clear(), '')");
        browser.open(gateway.url() + path);
    }

    /** Loads a page from scratch. */
    void open(String path) {
        openPicture();
        browser.open(gateway.url() + path);
    }

    /** A document of the same origin: for {@code about:blank} and back the browser would start two processes. */
    private void openPicture() {
        browser.open(gateway.url() + "/favicon.svg");
    }

    void refresh() {
        browser.evaluate(REFRESH);
    }

    /** Records the messages of the open page, which disappear after a few seconds. */
    void recordMessages() {
        browser.evaluate(RECORD_MESSAGES);
    }

    /** Waits for a message that is recorded. */
    void awaitMessage(String text) {
        awaitAsserted(() -> assertThat(browser.evaluate("window.messages")).contains(text));
    }

    void awaitRows(int count) {
        awaitAsserted(() -> assertThat(browser.texts(ROWS)).hasSize(count));
    }

    void awaitText(String selector, String... parts) {
        awaitAsserted(() -> assertThat(browser.text(selector)).contains(parts));
    }

    void awaitAsserted(ThrowingRunnable assertion) {
        browser.awaitAsserted(assertion);
    }

    @Override
    public void close() {
        browser.close();
        gateway.close();
    }
}
