package io.gonkapulse.apigateway.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.support.JobTestData;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** The pages of jobs in a real browser. */
@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobPagesTest {

    private static final String ROWS = ".job-list tbody tr";
    private static final String BARS = "stage-waterfall rect.bar";
    private static final String SCROLLER = "stage-waterfall .rows";
    private static final UUID UNKNOWN = new UUID(0x019a_d5a1_0c7e_7000L, 0x8000_0000_0000_0001L);

    private final JobPagesTestData jobs;
    private final DashboardPage page;
    private final HeadlessBrowser browser;

    JobPagesTest(TestDatabase database, @TempDir Path downloads) {
        DashboardPage.requireBrowser();
        Instant now = InstantSource.system().instant();
        jobs = new JobPagesTestData(JobTestData.in(database), now);
        page = DashboardPage.start(database, SteppedClock.at(now), downloads, "--gateway.public=jobs");
        browser = page.browser();
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
    void listsNewestJobsFirst() {
        page.openFirst("/#/jobs");
        awaitRows(50);
        page.awaitText(ROWS + ":first-child", "nightly-backup", "Running", "ops");
        page.awaitText(".job-list", "Failed", "exit code 1", "Lost", "Conflicting", "Cancel requested", "Canceled");
        page.awaitText("[aria-label='Sums of jobs']", "Jobs" + all(), "Running1", "Failed2");
        assertThat(browser.text("[aria-label='List of jobs'] .count")).isEqualTo(all());
    }

    /** Exact for whole quarter hours. */
    private static String all() {
        return "" + (JobPagesTestData.BULK + 11);
    }

    @Test
    void navigationLeadsToJobs() {
        page.openFirst("/#/trackers");
        page.awaitText("#nav", "Jobs");
        browser.click("#nav a[href='#/jobs']");
        awaitRows(50);
        assertThat(browser.attributes("nav [aria-current]", "href")).containsExactly("#/jobs");
    }

    @Test
    void filtersByStateAndReturns() {
        page.open("/#/jobs");
        awaitRows(50);
        browser.click(".toggles label:nth-of-type(4)");
        awaitRows(2);
        assertThat(browser.currentUrl()).contains("state=failed");
        page.awaitText(".chart-note", "only the bot and the time");
        browser.back();
        awaitRows(50);
    }

    @Test
    void filtersAreInAddress() {
        page.open("/#/jobs?bot=earnings.rebuild&createdBy=ops&state=canceled");
        awaitRows(1);
        page.awaitText(ROWS, "earnings.rebuild", "Canceled");
        assertThat(browser.evaluate("document.querySelector('.job-filters select.is-set').value"))
                .isEqualTo("earnings.rebuild");
        page.awaitText("h2", "Throughput of earnings.rebuild");
        browser.click(".job-filters .button.is-plain");
        awaitRows(50);
    }

    @Test
    void searchesForText() {
        page.open("/#/jobs");
        awaitRows(50);
        browser.type(".is-q input", "rebuild");
        awaitRows(2);
        assertThat(browser.currentUrl()).contains("q=rebuild");
        browser.type(".is-q input", " nothing");
        page.awaitText("[aria-label='List of jobs']", "No job matches");
    }

    @Test
    void loadsMoreThenPagesByCursor() {
        page.open("/#/jobs?bot=bulk");
        awaitRows(50);
        browser.evaluate("(window.first = document.querySelector('" + ROWS + "'), '')");
        browser.click(".pages .button");
        awaitRows(100);
        assertThat(browser.evaluate("window.first === document.querySelector('" + ROWS + "')"))
                .isEqualTo("true");
        assertThat(browser.evaluate("document.activeElement.textContent")).isEqualTo("Load more");
        page.open("/#/jobs?bot=bulk&limit=500");
        awaitRows(500);
        browser.click(".pages .button");
        awaitRows(JobPagesTestData.BULK - 500);
        browser.click(".pages .button");
        awaitRows(500);
    }

    @Test
    void sumsByBot() {
        page.open("/#/jobs");
        page.awaitText(".bots", "bulk", "nightly-backup", "75 %", "7 min 30 s");
        assertThat(browser.texts(".bots a.is-bad")).containsExactlyInAnyOrder("1", "1");
        browser.click(".bots a.is-bad");
        awaitRows(1);
        assertThat(browser.currentUrl()).contains("state=failed", "bot=");
    }

    @Test
    void chartShowsThroughput() {
        page.open("/#/jobs");
        page.awaitAsserted(() -> assertThat(browser.texts("bar-chart .bar")).hasSizeBetween(24, 26));
        assertThat(browser.texts("bar-chart .part.is-failed")).isNotEmpty();
        assertThat(browser.texts("bar-chart .level")).isNotEmpty();
        browser.click("[aria-label=Throughput] .choice label:nth-of-type(1)");
        page.awaitAsserted(() -> assertThat(browser.texts("bar-chart .bar")).hasSizeBetween(96, 98));
        assertThat(browser.currentUrl()).contains("interval=15min");
        page.awaitText("[aria-label=Throughput] table", "Accepted", "Succeeded", "Failed", "Average run");
    }

    @Test
    void explainsHowToReport() {
        page.open("/#/jobs?range=times&from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z");
        page.awaitText(
                "[aria-label='List of jobs']", "No jobs in this time", "jobs run --bot nightly-backup -- COMMAND");
        browser.click("[aria-label='List of jobs'] a");
        awaitRows(50);
    }

    @Test
    void openJobKeepsListPosition() {
        page.open("/#/jobs");
        awaitRows(50);
        browser.evaluate("scrollTo(0, 900)");
        browser.evaluate("document.querySelector('" + ROWS + ":nth-child(30) a').click()");
        page.awaitText(".crumbs", "All jobs");
        assertThat(browser.evaluate("document.activeElement.localName")).isEqualTo("h1");
        browser.back();
        page.awaitAsserted(() ->
                assertThat(Double.parseDouble(browser.evaluate("scrollY"))).isGreaterThan(800));
    }

    @Test
    void drawsStages() {
        open(jobs.waterfall);
        page.awaitAsserted(() -> assertThat(browser.texts(BARS)).hasSize(4));
        assertThat(browser.attributes(BARS, "class"))
                .containsExactly("bar is-queue", "bar is-succeed", "bar is-fail", "bar is-succeed is-implied");
        assertThat(browser.attributes(BARS, "width")).allMatch(width -> Double.parseDouble(width) >= 5);
        assertThat(browser.texts("stage-waterfall .gap-label")).containsExactly("idle 2 h 9 min");
        assertThat(browser.text("stage-waterfall .length")).contains("30 s", "3 ms", "20 s", "40 s");
        page.awaitText(".is-stages", "End not reported", "1 idle time: 2 h 9 min");
    }

    @Test
    void barsStayInOrderAcrossGap() {
        open(jobs.waterfall);
        page.awaitAsserted(() -> assertThat(browser.texts(BARS)).hasSize(4));
        List<Double> starts =
                browser.attributes(BARS, "x").stream().map(Double::valueOf).toList();
        assertThat(starts).isSorted();
        double gapEnd = Double.parseDouble(browser.evaluate(
                "(([x, width]) => x + width)(['x', 'width'].map((name) => Number(document.querySelector('.rows .gap-band')"
                        + ".getAttribute(name))))"));
        assertThat(starts.get(2)).isGreaterThanOrEqualTo(gapEnd - 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {390, 1440})
    void stagesFitWidth(int width) {
        browser.setWidth(width);
        open(jobs.waterfall);
        page.awaitAsserted(() -> assertThat(browser.texts(BARS)).hasSize(4));
        assertThat(browser.evaluate("[...document.querySelectorAll('" + BARS + "')].every((one) => "
                        + "one.getBoundingClientRect().right <= document.querySelector('" + SCROLLER
                        + "').getBoundingClientRect().right + 1)"))
                .isEqualTo("true");
        assertThat(browser.text("stage-waterfall .gap-label")).contains("idle", "2 h 9 min");
    }

    @Test
    void arrowKeysSelectStages() {
        open(jobs.waterfall);
        page.awaitAsserted(() -> assertThat(browser.texts(BARS)).hasSize(4));
        browser.type(SCROLLER, Keys.ARROW_DOWN);
        browser.type(SCROLLER, Keys.ARROW_DOWN);
        assertThat(browser.text("stage-waterfall output")).contains("fetch", "Succeeded", "3 ms");
        assertThat(browser.text("stage-waterfall .tip")).contains("fetch");
        browser.type(SCROLLER, Keys.END);
        assertThat(browser.text("stage-waterfall output")).contains("publish", "End not reported");
    }

    @Test
    void drawsVisibleStagesOnly() {
        open(jobs.manyStages);
        page.awaitText(".is-stages h2", "1,000");
        page.awaitAsserted(() -> assertThat(browser.texts(BARS)).hasSizeBetween(10, 40));
        browser.type(SCROLLER, Keys.END);
        page.awaitText("stage-waterfall", "batch 1000");
        assertThat(browser.texts(BARS)).hasSizeBetween(10, 40);
        assertThat(browser.attributes(BARS, "width")).allMatch(width -> Double.parseDouble(width) >= 5);
    }

    @Test
    void showsStagesAsTable() throws IOException {
        open(jobs.waterfall);
        page.awaitText(".is-stages", "Show as a table");
        browser.click(".is-stages summary");
        page.awaitText(".stage-table", "fetch", "reported", "publish", "end of the job", JobPagesTestData.HOSTILE);
        browser.click(".is-stages .tools .button");
        assertThat(browser.takeDownload("job-" + jobs.waterfall + "-stages.csv").lines())
                .hasSize(4)
                .anyMatch(line -> line.startsWith("1,fetch,succeed,"));
    }

    @Test
    void runningBarGrows() {
        open(jobs.running);
        page.awaitText("h1", "nightly-backup", "Running");
        page.awaitText("[aria-label=Durations]", "so far", "earlier runs: half within 10 min");
        page.awaitAsserted(() -> assertThat(browser.attributes(BARS, "class")).contains("bar is-running"));
        String before = browser.text("stage-waterfall .row:last-of-type .length");
        page.awaitAsserted(() -> assertThat(browser.text("stage-waterfall .row:last-of-type .length"))
                .isNotEqualTo(before));
    }

    @Test
    void keepsStagesDuringApiOutage() {
        open(jobs.waterfall);
        page.awaitAsserted(() -> assertThat(browser.texts(BARS)).hasSize(4));
        browser.block("*/api/v1/jobs/*");
        page.refresh();
        page.awaitText(".is-stages .notice", "Stages as of", "The API does not respond");
        assertThat(browser.texts(BARS)).hasSize(4);
        browser.block();
        page.refresh();
        page.awaitAsserted(() -> assertThat(browser.texts(".is-stages .notice")).isEmpty());
        assertThat(browser.drainConsoleErrors()).allMatch(line -> line.contains("ERR_BLOCKED"));
    }

    @Test
    void namesAreText() {
        for (String path : List.of("/#/jobs", "/#/jobs/" + jobs.waterfall)) {
            page.open(path);
            page.awaitText("main", JobPagesTestData.HOSTILE);
            assertThat(browser.texts("main img")).isEmpty();
        }
        page.awaitText("pre", JobPagesTestData.HOSTILE);
        assertThat(browser.evaluate("window.attacked")).isEqualTo("undefined");
    }

    @Test
    void explainsFailure() {
        open(jobs.failed);
        page.awaitText("[aria-label=Error]", "IOException: exit code 1");
        page.awaitText("[aria-label=Durations]", "500 ms", "measured by the job");
    }

    @Test
    void explainsLostJob() {
        open(jobs.lost);
        page.awaitText("h1", "Lost");
        page.awaitText(".page-head", "no sign of life since");
        page.awaitText("[aria-label=Durations]", "until its lease ended");
    }

    @Test
    void listsConflictingOutcomes() {
        open(jobs.conflicting);
        page.awaitText("h1", "Succeeded", "Conflicting");
        page.awaitText(".outcomes", "Succeeded by executor (backup-host)", "Canceled by queue");
        page.awaitText(".page-head", "ops asked to cancel it");
    }

    @Test
    void showsLargeNumbersExactly() {
        open(jobs.conflicting);
        page.awaitText("[aria-label=Result] pre", "123456789012345678901234567890");
    }

    @Test
    void leadsToChildrenAndParent() {
        open(jobs.waterfall);
        page.awaitText("[aria-label=Facts]", "1 job");
        browser.click("[aria-label=Facts] a[href*=parent]");
        awaitRows(1);
        page.awaitText(".chip-button", "Children of");
        browser.click(ROWS + " a");
        page.awaitText("h1", "child");
        browser.click("[aria-label=Facts] a.address");
        page.awaitText("h1", JobPagesTestData.HOSTILE);
    }

    @Test
    void explainsCanceledJob() {
        open(jobs.canceled);
        page.awaitText(".page-head", "before it started", "ops asked to cancel it");
    }

    @Test
    void explainsUnknownJob() {
        open(UNKNOWN);
        page.awaitText("main", "Not found", UNKNOWN.toString());
        page.open("/#/jobs/yesterday");
        page.awaitText("main", "No job to show", "expected an id such as");
        assertThat(browser.drainConsoleErrors())
                .isNotEmpty()
                .allMatch(line -> line.contains("404") || line.contains("400"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "waterfall", "conflicting", "running", "failed"})
    void passesAccessibilityChecks(String name) {
        // Without the many queued jobs: each row costs the check time.
        String path = "/#/jobs"
                + (name.equals("list")
                        ? "?state=running&state=succeeded&state=failed&state=canceled"
                        : "/" + idOf(name));
        List<String> found = new ArrayList<>();
        for (int width : List.of(390, 1024, 1440)) {
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

    private UUID idOf(String name) {
        return switch (name) {
            case "waterfall" -> jobs.waterfall;
            case "conflicting" -> jobs.conflicting;
            case "running" -> jobs.running;
            default -> jobs.failed;
        };
    }

    private void open(UUID job) {
        page.open("/#/jobs/" + job);
    }

    private void awaitRows(int count) {
        page.awaitAsserted(() -> assertThat(browser.texts(ROWS)).hasSize(count));
    }
}
