package io.gonkapulse.apigateway.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a screen of a usual height shows at each width. */
@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LayoutTest {

    private final Instant now = InstantSource.system().instant();
    private final SteppedClock clock = SteppedClock.at(now);
    private final DashboardPage page;
    private final HeadlessBrowser browser;

    LayoutTest(TestDatabase database, @TempDir Path downloads) {
        GatewayTestData data = DashboardPage.dataIn(database);
        page = DashboardPage.start(database, clock, downloads, "--gateway.public=trackers", "--gateway.simulated=true");
        DashboardTestData.fill(data, now);
        DashboardTestData.fillWatched(data, now);
        data.run("update trackers set outcome = 'ok', last_success_at = now() + interval '1 hour'");
        browser = page.browser();
    }

    @AfterAll
    void stop() {
        page.close();
    }

    @BeforeEach
    void resetClock() {
        clock.setTo(now);
    }

    /** Otherwise the others measure whatever font the machine has. */
    @Test
    void pagesHaveFontOfTests() {
        openAt("/", 1440);
        assertThat(browser.evaluate("getComputedStyle(document.body).fontFamily"))
                .isEqualTo("\"DejaVu Sans\", sans-serif");
    }

    @ParameterizedTest
    @ValueSource(ints = {390, 1024, 1440, 1920})
    void searchAndCountsOnFirstScreen(int width) {
        openAt("/", width);
        assertThat(bottomOf(".find input")).isLessThanOrEqualTo(200);
        assertThat(bottomOf(".is-participants")).isLessThanOrEqualTo(320);
        assertThat(browser.texts(".is-participants .key b")).hasSizeGreaterThanOrEqualTo(5);
        assertThat(bottomOf(DashboardPage.ROWS + ":nth-child(8)")).isLessThanOrEqualTo(900);
    }

    @ParameterizedTest
    @ValueSource(ints = {390, 1024, 1440})
    void tableComesBeforeChart(int width) {
        openAt("/", width);
        page.awaitAsserted(() -> assertThat(browser.texts("bar-chart svg")).isNotEmpty());
        assertThat(bottomOf(".nodes")).isLessThan(topOf("bar-chart"));
    }

    @Test
    void chartIsBesideTableOnWideScreen() {
        openAt("/", 1920);
        page.awaitAsserted(() -> assertThat(browser.texts("bar-chart svg")).isNotEmpty());
        assertThat(measure("right", ".nodes")).isLessThan(measure("left", "bar-chart"));
        assertThat(bottomOf("bar-chart")).isLessThanOrEqualTo(900);
    }

    @ParameterizedTest
    @ValueSource(strings = {"today", "unclaimed", "total"})
    void decimalPointsAreAligned(String column) {
        openAt("/#/?limit=100", 1440);
        assertThat(browser.texts(".nodes .col-" + column + " .amount")).hasSizeGreaterThanOrEqualTo(1);
        assertThat(browser.evaluate("new Set([...document.querySelectorAll('.nodes .col-" + column
                        + " .frac')].map((one) => Math.round(one.getBoundingClientRect().left))).size"))
                .isEqualTo("1");
        assertThat(browser.texts(".nodes .col-" + column + " .frac")).allMatch(one -> one.matches("\\.\\d\\d"));
    }

    @Test
    void phonePageIsShort() {
        openAt("/", 390);
        page.awaitAsserted(() -> assertThat(browser.texts("bar-chart svg")).isNotEmpty());
        assertThat(Double.parseDouble(browser.evaluate("document.documentElement.scrollHeight")))
                .isLessThanOrEqualTo(3_000);
        assertThat(measure("height", DashboardPage.ROWS)).isLessThanOrEqualTo(57);
    }

    /** State, today, unclaimed and deadline of twenty nodes without scrolling. */
    @Test
    void twentyNodesFitAt1440() {
        page.openFirst("/");
        browser.evaluate("(localStorage.setItem('gonka-pulse.watch', '[\""
                + String.join("\",\"", DashboardTestData.WATCHED) + "\"]'), '')");
        browser.setWidth(1440);
        page.open("/#/watch");
        page.awaitRows(20);
        assertThat(bottomOf(DashboardPage.ROWS + ":nth-child(20)")).isLessThanOrEqualTo(900);
        for (String column : List.of("status", "today", "unclaimed", "deadline")) {
            assertThat(measure("width", "thead .col-" + column)).as(column).isGreaterThan(60);
        }
        assertThat(browser.texts(".nodes .col-deadline time")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {390, 640, 700, 768, 900, 1010, 1011, 1024, 1320, 1321, 1400, 1440, 1680, 1859, 1860, 1920})
    void tableFitsEveryWidth(int width) {
        openAt("/", width);
        requireTableFits(width);
    }

    /** The status of old data has more letters. */
    @ParameterizedTest
    @ValueSource(ints = {390, 640, 700, 768, 900, 1010, 1011, 1024, 1320, 1321, 1400, 1440, 1680, 1859, 1860, 1920})
    void staleTableFitsEveryWidth(int width) {
        clock.advance(Duration.ofMinutes(10));
        openAt("/", width);
        page.awaitText(DashboardPage.ROWS, "Was healthy", "Was unhealthy", "Was jailed");
        requireTableFits(width);
    }

    /** The place of the table hides what is wider, so the page would not show it. */
    private void requireTableFits(int width) {
        assertThat(browser.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo("true");
        assertThat(measure("width", ".nodes")).isLessThanOrEqualTo(measure("width", ".table-place") + 0.5);
        assertThat(measure("width", ".nodes .col-node a")).isGreaterThan(100);
        assertThat(browser.evaluate("[...document.querySelectorAll('.nodes .amount, .nodes .badge')]"
                        + ".filter((one) => one.offsetParent && one.parentElement.scrollWidth > one.parentElement.clientWidth + 1)"
                        + ".map((one) => one.textContent).join()"))
                .as("clipped at %d", width)
                .isEmpty();
    }

    private void openAt(String path, int width) {
        browser.setWidth(width);
        page.openFirst(path);
        page.awaitAsserted(() -> assertThat(browser.evaluate("innerWidth")).isEqualTo("" + width));
        page.awaitAsserted(() -> assertThat(browser.texts(DashboardPage.ROWS)).hasSizeGreaterThanOrEqualTo(25));
        page.awaitAsserted(() -> assertThat(browser.texts(".is-participants")).hasSize(1));
    }

    private double topOf(String selector) {
        return measure("top", selector);
    }

    private double bottomOf(String selector) {
        return measure("bottom", selector);
    }

    private double measure(String side, String selector) {
        return Double.parseDouble(
                browser.evaluate("document.querySelector('" + selector + "').getBoundingClientRect()." + side));
    }
}
