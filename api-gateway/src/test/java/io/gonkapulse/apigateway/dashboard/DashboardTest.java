package io.gonkapulse.apigateway.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.apigateway.support.TestGateway;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** Tests the dashboard in a real browser, with the real gateway and database. */
@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardTest {

    private static final String NO_BROWSER = "No chromium with chromedriver on the PATH: the dashboard is not tested";
    private static final String BARS = "[aria-label=Earnings] .bar";
    private static final String ROWS = ".nodes tbody tr";
    private static final String REFRESH = "(window.dispatchEvent(new Event('online')), '')";
    private static final String NODE = "/#/nodes/" + DashboardTestData.NAMED;

    // The test cannot set the browser's clock, so the gateway's clock starts at the same time.
    private final Instant now = InstantSource.system().instant();
    private final SteppedClock clock = SteppedClock.at(now);
    private final Path downloads;
    private final GatewayTestData data;
    private final TestGateway gateway;
    private final HeadlessBrowser browser;

    DashboardTest(TestDatabase database, @TempDir Path downloads) {
        assumeTrue(HeadlessBrowser.isAvailable(), NO_BROWSER);
        this.downloads = downloads;
        data = GatewayTestData.in(database);
        gateway = TestGateway.start(database, clock, "--gateway.public=trackers");
        DashboardTestData.fill(data, now);
        browser = HeadlessBrowser.start(downloads);
    }

    @AfterAll
    void stop() {
        browser.close();
        gateway.close();
    }

    @BeforeEach
    void setDefaultWidth() {
        clock.setTo(now);
        browser.setWidth(1920);
    }

    @AfterEach
    void requireNoConsoleErrors() {
        assertThat(browser.drainConsoleErrors()).isEmpty();
    }

    @Test
    void headerShowsNetwork() {
        open("/");
        awaitText(".head", "Epoch", "77", "1,234,567", "Live", "Participants", "Jailed", "Inactive", "Models");
        assertThat(browser.text(".countdown")).matches("\\d\\d:\\d\\d:\\d\\d");
        assertThat(browser.attributes(".countdown", "title").get(0)).contains(" UTC\n");
        awaitText("bar-chart", "0");
    }

    @Test
    void listsNamedNodeFirst() {
        open("/");
        awaitRows(25);
        assertThat(browser.text(ROWS + ":first-child th")).contains("Alpha", DashboardTestData.NAMED);
    }

    @Test
    void filtersByStatus() {
        open("/");
        awaitRows(25);
        browser.click(".toggles label:nth-of-type(3)");
        awaitRows(5);
        assertThat(browser.texts(".nodes .badge")).containsOnly("Jailed");
        assertThat(browser.currentUrl()).contains("status=jailed");
    }

    @Test
    void sortsByWeight() {
        open("/#/?status=jailed");
        awaitRows(5);
        browser.click("thead .col-weight button");
        awaitAsserted(() -> assertThat(browser.text(ROWS + ":first-child")).contains("gonka1node010"));
        assertThat(browser.attributes("thead .col-weight", "aria-sort")).containsExactly("ascending");
    }

    @Test
    void searchesAndClearsFilters() {
        open("/#/?status=jailed");
        awaitRows(5);
        browser.type(".search input", "node03");
        awaitRows(1);
        assertThat(browser.currentUrl()).contains("q=node03");
        browser.type(".search input", "nobody");
        awaitText(".panel", "No node matches");
        browser.click(".filters .button.is-plain");
        awaitRows(25);
    }

    @Test
    void navigatesPages() {
        open("/");
        awaitRows(25);
        browser.click(".pages a:nth-of-type(3)");
        awaitAsserted(() -> assertThat(browser.text(ROWS + ":first-child")).contains("gonka1node035"));
        browser.click(".pages a:nth-of-type(3)");
        awaitRows(10);
        browser.click(".pages a:nth-of-type(2)");
        awaitAsserted(() -> assertThat(browser.text(ROWS + ":first-child")).contains("gonka1node035"));
        browser.back();
        awaitRows(10);
    }

    @Test
    void nodePageSwitchesIntervals() {
        open("/");
        awaitRows(25);
        browser.click(ROWS + ":first-child a");
        awaitText("h1", "Alpha", "Healthy");
        awaitAsserted(() -> assertThat(browser.texts(BARS)).hasSize(30));
        assertThat(browser.texts(BARS + ".is-provisional")).hasSize(1);
        assertThat(browser.texts(".cell")).hasSize(7 * 24);
        awaitText(".timeline + .legend", "Unhealthy", "Jailed");
        awaitText(".figures", "Times not healthy (2)");
        assertThat(browser.evaluate("document.activeElement.localName")).isEqualTo("h1");

        browser.click(".choice label:nth-of-type(2)");
        awaitAsserted(() -> assertThat(browser.texts(BARS)).hasSizeBetween(6, 7));
        browser.click(".choice label:nth-of-type(3)");
        awaitAsserted(() -> assertThat(browser.texts(BARS)).hasSizeBetween(2, 3));
        assertThat(browser.currentUrl()).endsWith("?interval=month");
        browser.back();
        awaitRows(25);
    }

    @Test
    void showsExactAmounts() {
        open(NODE);
        awaitText(".figures td", "12,345,678,901.234567891", "12,345,678,901,234,567,891", "0.000000125");
        assertThat(browser.attributes(".head .amount", "title")).contains("0.000000125 GNK");
        browser.click("[aria-label=Earnings] bar-chart");
        browser.type("[aria-label=Earnings] bar-chart", Keys.END);
        awaitText("bar-chart output", "provisional", "125 ngonka");
        browser.type("[aria-label=Earnings] bar-chart", Keys.ARROW_LEFT);
        awaitText("bar-chart .tip", "12,345,678,901.234567891 GNK", "settled");
    }

    @Test
    void showsTrackerState() {
        open("/#/trackers");
        awaitText("article[aria-label=main]", "Responding", "300 ms", "100 %");
        awaitText(
                "article[aria-label=second]",
                "Not responding",
                "connect timed out",
                "No new data since",
                "0 %",
                "15 d");
    }

    @Test
    void opensNodeLink() {
        open(NODE + "?interval=month&range=90");
        awaitAsserted(() -> assertThat(browser.texts(BARS)).hasSizeBetween(2, 3));
    }

    @Test
    void opensSearchLink() {
        open("/#/?q=node06&sort=identifier&interval=week");
        awaitRows(1);
    }

    @Test
    void explainsUnknownPage() {
        open("/#/somewhere/else");
        awaitText("h1", "Page not found");
    }

    @Test
    void explainsUnknownNode() {
        open("/#/nodes/gonka1nobody");
        awaitText("main", "Not found", "gonka1nobody");
        assertThat(browser.drainConsoleErrors()).isNotEmpty().allMatch(line -> line.contains("404"));
    }

    @Test
    void remembersTheme() {
        open("/");
        browser.click("#theme");
        browser.click("#theme");
        assertThat(browser.text("#theme")).isEqualTo("Dark");
        String dark = browser.evaluate("getComputedStyle(document.body).backgroundColor");
        browser.reload();
        awaitRows(25);
        assertThat(browser.evaluate("getComputedStyle(document.body).backgroundColor"))
                .isEqualTo(dark);
        browser.click("#theme");
        assertThat(browser.text("#theme")).isEqualTo("Auto");
    }

    @Test
    void downloadsEarningsAsCsv() throws IOException {
        open(NODE);
        awaitAsserted(() -> assertThat(browser.texts(BARS)).hasSize(30));
        browser.click(".tools > .button");
        assertThat(downloaded("earnings-" + DashboardTestData.NAMED + ".csv"))
                .startsWith("date,earningsGnk,earningsNgonka,source,state")
                .contains("12345678901.234567891," + DashboardTestData.LARGEST_NGONKA + ",one,settled");
    }

    @Test
    void downloadsFilteredNodesAsCsv() throws IOException {
        Files.deleteIfExists(downloads.resolve("nodes.csv"));
        open("/#/?status=jailed");
        awaitRows(5);
        browser.click(".button.is-csv");
        assertThat(downloaded("nodes.csv").lines())
                .hasSize(6)
                .anyMatch(line -> line.startsWith("gonka1node050,wallet,,H100,"));
    }

    @Test
    void downloadsEveryNodeAsCsv() throws IOException {
        Files.deleteIfExists(downloads.resolve("nodes.csv"));
        data.run("insert into nodes (identifier, identifier_type) "
                + "select 'gonka1bulk' || number, 'wallet' from generate_series(1, 20001) number");
        try {
            open("/#/?q=gonka1bulk&sort=identifier");
            awaitRows(25);
            browser.click(".button.is-csv");
            assertThat(downloaded("nodes.csv").lines()).hasSize(20_002).doesNotHaveDuplicates();
        } finally {
            data.run("delete from nodes where identifier like 'gonka1bulk%'");
            Files.deleteIfExists(downloads.resolve("nodes.csv"));
        }
    }

    @Test
    void refreshUpdatesChangedRowsOnly() {
        open("/");
        awaitRows(25);
        browser.evaluate("window.row = document.querySelector('" + ROWS + "')");
        browser.evaluate(REFRESH);
        awaitAsserted(() -> assertThat(browser.evaluate("performance.getEntriesByType('resource')"
                        + ".some((one) => one.name.includes('/api/v1/nodes') && one.responseStatus === 304)"))
                .isEqualTo("true"));
        data.run("update node_stats_cache set earnings_day = 7.25 where earnings_day < 1");
        try {
            browser.evaluate(REFRESH);
            awaitText(ROWS + ":first-child .col-today", "7.25");
            assertThat(browser.evaluate("window.row === document.querySelector('" + ROWS + "')"))
                    .isEqualTo("true");
        } finally {
            data.run("update node_stats_cache set earnings_day = 0.00000012 where earnings_day = 7.25");
        }
    }

    @Test
    void keepsDataDuringApiOutage() {
        open("/");
        awaitRows(25);
        browser.block("*/api/*");
        browser.evaluate(REFRESH);
        awaitText("#banner", "The API cannot be reached", "Showing data from", "next retry in");
        awaitText("#pulse", "Not reachable");
        browser.click(".tools > .button");
        awaitText("#message", "download failed");
        awaitRows(25);
        open("/");
        awaitText("main", "No nodes to show", "The API does not respond");
        browser.block();
        browser.click("#banner .button");
        awaitRows(25);
        awaitAsserted(() -> assertThat(browser.text("#banner")).doesNotContain("cannot be reached"));
        assertThat(browser.drainConsoleErrors()).allMatch(line -> line.contains("ERR_BLOCKED"));
    }

    @Test
    void marksStaleData() {
        open("/");
        awaitRows(25);
        clock.advance(Duration.ofMinutes(10));
        browser.evaluate(REFRESH);
        awaitText("#banner", "The network data are stale", "10 min");
        awaitText(ROWS + ":first-child", "Was healthy");
    }

    @Test
    void explainsEmptyNetwork() {
        data.clear();
        try {
            open("/");
            awaitText("main", "No nodes yet", "No earnings in this range");
            open("/#/trackers");
            awaitText("main", "No trackers yet");
        } finally {
            DashboardTestData.fill(data, now);
        }
    }

    @Test
    void supportsKeyboard() {
        open("/");
        awaitRows(25);
        browser.type("body", Keys.TAB);
        assertThat(browser.evaluate("document.activeElement.className")).isEqualTo("skip");
        browser.type(".skip", Keys.ENTER);
        assertThat(browser.evaluate("document.activeElement.id")).isEqualTo("main");
        browser.type("main", "/");
        assertThat(browser.evaluate("document.activeElement.type")).isEqualTo("search");
    }

    @Test
    void docsPageSharesDesign() {
        open("/docs");
        awaitText(".swagger-ui", "Gonka Pulse API", "/api/v1/nodes");
        awaitText(".top nav", "Network", "Trackers", "API");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", NODE, "/#/watch", "/#/trackers"})
    void passesAccessibilityChecks(String page) {
        List<String> found = new ArrayList<>();
        for (int width : List.of(390, 1024, 1920)) {
            browser.setWidth(width);
            open(page);
            awaitAsserted(() -> assertThat(browser.texts(".panel")).isNotEmpty());
            awaitAsserted(() -> assertThat(browser.texts("[aria-busy]")).isEmpty());
            for (String theme : List.of("light", "dark")) {
                browser.evaluate("document.documentElement.dataset.theme = '" + theme + "'");
                browser.violations().forEach(one -> found.add(theme + " " + width + " " + one));
                assertThat(browser.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                        .as("fits at %d in %s", width, theme)
                        .isEqualTo("true");
            }
        }
        assertThat(found).isEmpty();
    }

    private void open(String path) {
        browser.open(gateway.url() + path);
    }

    private void awaitRows(int count) {
        awaitAsserted(() -> assertThat(browser.texts(ROWS)).hasSize(count));
    }

    private void awaitText(String selector, String... parts) {
        awaitAsserted(() -> assertThat(browser.text(selector)).contains(parts));
    }

    private void awaitAsserted(ThrowingRunnable assertion) {
        browser.awaitAsserted(assertion);
    }

    private String downloaded(String name) throws IOException {
        Path file = downloads.resolve(name);
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(file));
        return Files.readString(file);
    }
}
