package io.gonkapulse.apigateway.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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

    private static final String BARS = "[aria-label=Earnings] .bar";
    private static final String ROWS = DashboardPage.ROWS;
    private static final String NODE = "/#/nodes/" + DashboardTestData.NAMED;

    private final Instant now = InstantSource.system().instant();
    private final SteppedClock clock = SteppedClock.at(now);
    private final GatewayTestData data;
    private final DashboardPage page;
    private final HeadlessBrowser browser;

    DashboardTest(TestDatabase database, @TempDir Path downloads) {
        data = DashboardPage.dataIn(database);
        page = DashboardPage.start(database, clock, downloads, "--gateway.public=trackers");
        DashboardTestData.fill(data, now);
        browser = page.browser();
    }

    @AfterAll
    void stop() {
        page.close();
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
        page.open("/");
        page.awaitText(".head", "Epoch", "77", "1,234,567", "Live", "Participants", "Jailed", "Inactive", "Models");
        assertThat(browser.text(".countdown")).matches("\\d\\d:\\d\\d:\\d\\d");
        assertThat(browser.attributes(".countdown", "title").get(0)).contains(" UTC\n");
        page.awaitText("bar-chart", "0");
    }

    @Test
    void listsNamedNodeFirst() {
        page.open("/");
        page.awaitRows(25);
        assertThat(browser.text(ROWS + ":first-child th")).contains("Alpha", DashboardTestData.NAMED);
    }

    @Test
    void filtersByStatus() {
        page.open("/");
        page.awaitRows(25);
        browser.click(".toggles label:nth-of-type(3)");
        page.awaitRows(5);
        assertThat(browser.texts(".nodes .badge")).containsOnly("Jailed");
        assertThat(browser.currentUrl()).contains("status=jailed");
    }

    @Test
    void sortsByWeight() {
        page.open("/#/?status=jailed");
        page.awaitRows(5);
        browser.click("thead .col-weight button");
        page.awaitAsserted(() -> assertThat(browser.text(ROWS + ":first-child")).contains("gonka1node010"));
        assertThat(browser.attributes("thead .col-weight", "aria-sort")).containsExactly("ascending");
    }

    @Test
    void searchesAndClearsFilters() {
        page.open("/#/?status=jailed");
        page.awaitRows(5);
        browser.type(".search input", "node03");
        page.awaitRows(1);
        assertThat(browser.currentUrl()).contains("q=node03");
        browser.type(".search input", "nobody");
        page.awaitText(".panel", "No node matches");
        browser.click(".filters .button.is-plain");
        page.awaitRows(25);
    }

    @Test
    void navigatesPages() {
        page.open("/");
        page.awaitRows(25);
        browser.click(".pages a:nth-of-type(3)");
        page.awaitAsserted(() -> assertThat(browser.text(ROWS + ":first-child")).contains("gonka1node035"));
        browser.click(".pages a:nth-of-type(3)");
        page.awaitRows(10);
        browser.click(".pages a:nth-of-type(2)");
        page.awaitAsserted(() -> assertThat(browser.text(ROWS + ":first-child")).contains("gonka1node035"));
        browser.back();
        page.awaitRows(10);
    }

    @Test
    void nodePageSwitchesIntervals() {
        page.open("/");
        page.awaitRows(25);
        browser.click(ROWS + ":first-child a");
        page.awaitText("h1", "Alpha", "Healthy");
        page.awaitAsserted(() -> assertThat(browser.texts(BARS)).hasSize(30));
        assertThat(browser.texts(BARS + ".is-provisional")).hasSize(1);
        assertThat(browser.texts(".cell")).hasSize(7 * 24);
        page.awaitText(".timeline + .legend", "Unhealthy", "Jailed");
        page.awaitText(".figures", "Times not healthy (2)");
        assertThat(browser.evaluate("document.activeElement.localName")).isEqualTo("h1");

        browser.click(".choice label:nth-of-type(2)");
        page.awaitAsserted(() -> assertThat(browser.texts(BARS)).hasSizeBetween(6, 7));
        browser.click(".choice label:nth-of-type(3)");
        page.awaitAsserted(() -> assertThat(browser.texts(BARS)).hasSizeBetween(2, 3));
        assertThat(browser.currentUrl()).endsWith("?interval=month");
        browser.back();
        page.awaitRows(25);
    }

    @Test
    void showsExactAmounts() {
        page.open(NODE);
        page.awaitText(".figures td", "12,345,678,901.234567891", "12,345,678,901,234,567,891", "0.000000125");
        assertThat(browser.attributes(".head .amount", "title")).contains("0.000000125 GNK");
        browser.click("[aria-label=Earnings] bar-chart");
        browser.type("[aria-label=Earnings] bar-chart", Keys.END);
        page.awaitText("bar-chart output", "provisional", "125 ngonka");
        browser.type("[aria-label=Earnings] bar-chart", Keys.ARROW_LEFT);
        page.awaitText("bar-chart .tip", "12,345,678,901.234567891 GNK", "settled");
    }

    @Test
    void showsTrackerState() {
        page.open("/#/trackers");
        page.awaitText("article[aria-label=main]", "Responding", "300 ms", "100 %");
        page.awaitText(
                "article[aria-label=second]",
                "Not responding",
                "connect timed out",
                "No new data since",
                "0 %",
                "15 d");
    }

    @Test
    void opensNodeLink() {
        page.open(NODE + "?interval=month&range=90");
        page.awaitAsserted(() -> assertThat(browser.texts(BARS)).hasSizeBetween(2, 3));
    }

    @Test
    void opensSearchLink() {
        page.open("/#/?q=node06&sort=identifier&interval=week");
        page.awaitRows(1);
    }

    @Test
    void sortsByNamesOfFields() {
        page.open("/");
        page.awaitRows(25);
        assertThat(requestsForNodes()).contains("sort=-votingWeight&limit=25").doesNotContain("sort=-weight");
    }

    /** Links of older versions have shorter sort keys. */
    @Test
    void oldLinkSortsByUptime() {
        page.open("/#/?sort=uptime");
        page.awaitRows(25);
        assertThat(requestsForNodes()).contains("sort=uptimePercent&limit=25").doesNotContain("sort=uptime&");
        assertThat(browser.attributes("thead .col-uptime", "aria-sort")).containsExactly("ascending");
    }

    private String requestsForNodes() {
        return browser.evaluate("performance.getEntriesByType('resource').map((one) => one.name)"
                + ".filter((name) => name.includes('/api/v1/nodes?')).join()");
    }

    @Test
    void explainsUnknownPage() {
        page.open("/#/somewhere/else");
        page.awaitText("h1", "Page not found");
    }

    @Test
    void explainsUnknownNode() {
        page.open("/#/nodes/gonka1nobody");
        page.awaitText("main", "Not found", "gonka1nobody");
        assertThat(browser.drainConsoleErrors()).isNotEmpty().allMatch(line -> line.contains("404"));
    }

    @Test
    void remembersTheme() {
        page.open("/");
        browser.click("#theme");
        browser.click("#theme");
        assertThat(browser.text("#theme")).isEqualTo("Dark");
        String dark = browser.evaluate("getComputedStyle(document.body).backgroundColor");
        browser.reload();
        page.awaitRows(25);
        assertThat(browser.evaluate("getComputedStyle(document.body).backgroundColor"))
                .isEqualTo(dark);
        browser.click("#theme");
        assertThat(browser.text("#theme")).isEqualTo("Auto");
    }

    @Test
    void downloadsEarningsAsCsv() throws IOException {
        page.open(NODE);
        page.awaitAsserted(() -> assertThat(browser.texts(BARS)).hasSize(30));
        browser.click(".tools > .button");
        assertThat(browser.takeDownload("earnings-" + DashboardTestData.NAMED + ".csv"))
                .startsWith("date,earningsGnk,earningsNgonka,source,state")
                .contains("12345678901.234567891," + DashboardTestData.LARGEST_NGONKA + ",one,settled");
    }

    @Test
    void downloadsFilteredNodesAsCsv() throws IOException {
        page.open("/#/?status=jailed");
        page.awaitRows(5);
        browser.click(".button.is-csv");
        assertThat(browser.takeDownload("nodes.csv").lines())
                .hasSize(6)
                .anyMatch(line -> line.startsWith("gonka1node050,wallet,,H100,"));
    }

    @Test
    void downloadsEveryNodeAsCsv() throws IOException {
        data.run("insert into nodes (identifier, identifier_type) "
                + "select 'gonka1bulk' || number, 'wallet' from generate_series(1, 20001) number");
        try {
            page.open("/#/?q=gonka1bulk&sort=identifier");
            page.awaitRows(25);
            browser.click(".button.is-csv");
            assertThat(browser.takeDownload("nodes.csv").lines())
                    .hasSize(20_002)
                    .doesNotHaveDuplicates();
        } finally {
            data.run("delete from nodes where identifier like 'gonka1bulk%'");
        }
    }

    @Test
    void refreshUpdatesChangedRowsOnly() {
        page.open("/");
        page.awaitRows(25);
        browser.evaluate("window.row = document.querySelector('" + ROWS + "')");
        page.refresh();
        page.awaitAsserted(() -> assertThat(browser.evaluate("performance.getEntriesByType('resource')"
                        + ".some((one) => one.name.includes('/api/v1/nodes') && one.responseStatus === 304)"))
                .isEqualTo("true"));
        data.run("update node_stats_cache set earnings_day = 7.25 where earnings_day < 1");
        try {
            page.refresh();
            page.awaitText(ROWS + ":first-child .col-today", "7.25");
            assertThat(browser.evaluate("window.row === document.querySelector('" + ROWS + "')"))
                    .isEqualTo("true");
        } finally {
            data.run("update node_stats_cache set earnings_day = 0.00000012 where earnings_day = 7.25");
        }
    }

    @Test
    void keepsDataDuringApiOutage() {
        page.open("/");
        page.awaitRows(25);
        browser.block("*/api/*");
        page.refresh();
        page.awaitText("#banner", "The API cannot be reached", "Showing data from", "next retry in");
        page.awaitText("#pulse", "Not reachable");
        page.recordMessages();
        browser.click(".tools > .button");
        page.awaitMessage("download failed");
        page.awaitRows(25);
        page.open("/");
        page.awaitText("main", "No nodes to show", "The API does not respond");
        browser.block();
        browser.click("#banner .button");
        page.awaitRows(25);
        page.awaitAsserted(() -> assertThat(browser.text("#banner")).doesNotContain("cannot be reached"));
        assertThat(browser.drainConsoleErrors()).allMatch(line -> line.contains("ERR_BLOCKED"));
    }

    @Test
    void marksStaleData() {
        page.open("/");
        page.awaitRows(25);
        clock.advance(Duration.ofMinutes(10));
        page.refresh();
        page.awaitText("#banner", "The network data are stale", "10 min");
        page.awaitText(ROWS + ":first-child", "Was healthy");
    }

    @Test
    void explainsEmptyNetwork() {
        data.clear();
        try {
            page.open("/");
            page.awaitText("main", "No nodes yet", "No earnings in this range");
            page.open("/#/trackers");
            page.awaitText("main", "No trackers yet");
        } finally {
            DashboardTestData.fill(data, now);
        }
    }

    @Test
    void supportsKeyboard() {
        page.open("/");
        page.awaitRows(25);
        browser.type("body", Keys.TAB);
        assertThat(browser.evaluate("document.activeElement.className")).isEqualTo("skip");
        browser.type(".skip", Keys.ENTER);
        assertThat(browser.evaluate("document.activeElement.id")).isEqualTo("main");
        browser.type("main", "/");
        assertThat(browser.evaluate("document.activeElement.type")).isEqualTo("search");
    }

    @Test
    void docsPageSharesDesign() {
        page.open("/docs");
        page.awaitText(".swagger-ui", "Gonka Pulse API", "/api/v1/nodes");
        page.awaitText(".top nav", "Network", "Trackers", "API");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", NODE, "/#/watch", "/#/trackers"})
    void passesAccessibilityChecks(String path) {
        List<String> found = new ArrayList<>();
        for (int width : List.of(390, 1024, 1920)) {
            browser.setWidth(width);
            page.open(path);
            page.awaitAsserted(() -> assertThat(browser.texts(".panel")).isNotEmpty());
            page.awaitAsserted(() -> assertThat(browser.texts("[aria-busy]")).isEmpty());
            for (String theme : List.of("light", "dark")) {
                browser.evaluate("document.documentElement.dataset.theme = '" + theme + "'");
                List<String> violations = theme.equals("light") ? browser.violations() : browser.colorViolations();
                violations.forEach(one -> found.add(theme + " " + width + " " + one));
                assertThat(browser.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                        .as("fits at %d in %s", width, theme)
                        .isEqualTo("true");
            }
        }
        assertThat(found).isEmpty();
    }
}
