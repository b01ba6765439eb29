package io.gonkapulse.apigateway.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The page of one node in a real browser. */
@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodePageTest {

    private static final String PAGE = "/#/nodes/" + NodePageTestData.OWNER;

    private final Instant now = InstantSource.system().instant();
    private final LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    private final GatewayTestData data;
    private final DashboardPage page;
    private final HeadlessBrowser browser;

    NodePageTest(TestDatabase database, @TempDir Path downloads) {
        data = DashboardPage.dataIn(database);
        page = DashboardPage.start(database, SteppedClock.at(now), downloads);
        NodePageTestData.fill(data, now);
        browser = page.browser();
        // The clock of the gateway does not move, so the browser must not pass midnight.
        Instant tomorrow = today.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        browser.stopClockAt(tomorrow.minusMillis(1));
    }

    @AfterAll
    void stop() {
        page.close();
    }

    @BeforeEach
    void setWidth() {
        browser.setWidth(1440);
    }

    @AfterEach
    void requireNoConsoleErrors() {
        assertThat(browser.drainConsoleErrors()).isEmpty();
    }

    @Test
    void showsUnclaimedRewardWithDeadline() {
        open(PAGE);
        awaitText(".claim", "2,251 GNK unclaimed – claim before epoch 79 (in 46 h)");
        assertThat(browser.attributes(".claim time", "title").get(0)).contains(" UTC\n");
    }

    @Test
    void forfeitedBarIsNamed() {
        open(PAGE);
        awaitBars(30);
        assertThat(browser.texts("bar-chart .part.is-forfeited")).hasSize(1);
        assertThat(browser.texts("bar-chart .part.is-unclaimed")).hasSize(1);
        awaitText(".legend", "Forfeited: not claimed in time", "Unclaimed: can still be claimed");
        awaitText(".figures td", "2,251.00 GNK forfeited: not claimed in time");
        awaitText(".head", "2,251.00 GNK forfeited so far");
    }

    @Test
    void dayWithoutSettlementIsNamed() {
        open(PAGE);
        awaitBars(30);
        assertThat(browser.texts("bar-chart .mark.is-unsettled")).hasSizeBetween(1, 2);
        awaitText(".legend", "No epoch was settled on this day: an epoch lasts 25.7 h");
    }

    @Test
    void marksCutBucket() {
        LocalDate wednesday = today.minusDays(30).with(TemporalAdjusters.next(DayOfWeek.WEDNESDAY));
        open(PAGE + "?interval=week&from=" + wednesday + "&to=" + wednesday.plusDays(14));
        awaitBars(3);
        assertThat(browser.texts("[aria-label=Earnings] .bar.is-partial")).hasSize(2);
        awaitText(".legend", "Partial: cut by the range or by today");
    }

    @Test
    void freeRangeIsInAddress() {
        open(PAGE);
        awaitBars(30);
        browser.click(".choice input[value=dates] + span");
        awaitAsserted(() -> assertThat(browser.texts(".dates input")).hasSize(2));
        LocalDate from = today.minusDays(19);
        browser.evaluate("(() => { const field = document.querySelector('.dates input'); field.value = '" + from
                + "'; field.dispatchEvent(new Event('change')); return ''; })()");
        awaitBars(20);
        assertThat(browser.currentUrl()).contains("from=" + from, "to=" + today);
        browser.reload();
        awaitBars(20);
    }

    @Test
    void comparesWithMedianAndLastMonth() {
        open(PAGE);
        awaitText(
                ".compare",
                "Last settled epoch 76: 2,251.00 GNK, ▲ 12.5 % above the median of 3 nodes",
                "Last 30 full days: ▼ ",
                " % less than in the 30 days before");
    }

    @Test
    void namesSeenTime() {
        open(PAGE);
        awaitText("[aria-label=Facts]", "97.25 % of 23 h 50 min seen");
        awaitText("[aria-label='Health, 7 days']", "Not unhealthy or jailed in the 6 d that was seen.");
    }

    @Test
    void showsStoredFacts() {
        open(PAGE);
        awaitText("h1", "Alpha", "Jailed");
        awaitText(
                "[aria-label=Facts]",
                "Jailed until",
                "Participant statusACTIVE",
                "GPUs8",
                "Missed requests1 %",
                "Invalidated work3.33 %",
                "No. 17",
                "12.5 %",
                "org/model-aorg/model-b");
        assertThat(browser.text("[aria-label=Facts]")).doesNotContain("Region", "Tokens per second");
    }

    @Test
    void inactiveNodeNamesLastEpoch() {
        open("/#/nodes/" + NodePageTestData.INACTIVE);
        awaitText(".page-head", "Inactive: last active in epoch 67, not seen in the running one");
        assertThat(browser.text("[aria-label=Facts]")).doesNotContain("Uptime");
    }

    @Test
    void switchesHistoryMetric() {
        open(PAGE);
        awaitText("[aria-label=History]", "Largest voting weight");
        awaitAsserted(() -> assertThat(browser.texts("[aria-label=History] .bar.is-settled"))
                .hasSize(30));
        browser.click("[aria-label=History] input[value=uptime] + span");
        awaitText("[aria-label=History]", "Healthy share of the time that was seen", "100 %");
        assertThat(browser.currentUrl()).contains("metric=uptime");
    }

    @Test
    void showsRankInEachEpoch() {
        open(PAGE);
        awaitAsserted(() -> assertThat(browser.texts(".epochs td[data-name=Rank]"))
                .hasSize(10)
                .containsOnly("1"));
        assertThat(browser.attributes(".epochs thead th:nth-child(3)", "title"))
                .containsExactly("Place by reward among the settlements of the epoch");
    }

    @Test
    void marksRunningEpoch() {
        insertUnsettledEpoch();
        try {
            open(PAGE);
            awaitText(".epochs tbody tr:first-child", "77", "Running");
        } finally {
            data.run("delete from earnings_ledger");
        }
    }

    @Test
    void epochWaitsForSettlement() {
        insertUnsettledEpoch();
        data.run("update trackers set epoch = 78");
        try {
            open(PAGE);
            awaitText(".epochs tbody tr:first-child", "77", "Provisional");
            assertThat(browser.text(".epochs tbody tr:first-child")).doesNotContain("Running");
        } finally {
            data.run("update trackers set epoch = 77");
            data.run("delete from earnings_ledger");
        }
    }

    @Test
    void listsEpochsWithClaims() {
        open(PAGE);
        awaitAsserted(() -> assertThat(browser.texts(".epochs tbody tr")).hasSize(10));
        awaitText(".epochs tbody tr:first-child", "76", "2,251.00", "Unclaimed", "before epoch 79, in 46 h", "0.5 %");
        awaitText(".epochs tbody", "Forfeited", "Claimed", "1,000,070");
        browser.click(".pages a");
        awaitText(".epochs tbody tr:first-child", "66");
        browser.back();
        awaitText(".epochs tbody tr:first-child", "76");
    }

    @Test
    void passesAccessibilityChecks() {
        List<String> found = new ArrayList<>();
        for (int width : List.of(390, 1024, 1440)) {
            browser.setWidth(width);
            open(PAGE);
            awaitText(".compare", "less than");
            awaitAsserted(() -> assertThat(browser.texts("[aria-busy]")).isEmpty());
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

    private void insertUnsettledEpoch() {
        data.run("""
                insert into earnings_ledger (node_id, epoch, day, observed_at)
                select id, %d, '%s', '%s'
                  from nodes
                 where identifier = '%s'
                """.formatted(NodePageTestData.RUNNING_EPOCH, today, now, NodePageTestData.OWNER));
    }

    private void open(String path) {
        page.open(path);
    }

    private void awaitBars(int count) {
        awaitAsserted(
                () -> assertThat(browser.texts("[aria-label=Earnings] .bar")).hasSize(count));
    }

    private void awaitText(String selector, String... parts) {
        page.awaitText(selector, parts);
    }

    private void awaitAsserted(ThrowingRunnable assertion) {
        page.awaitAsserted(assertion);
    }
}
