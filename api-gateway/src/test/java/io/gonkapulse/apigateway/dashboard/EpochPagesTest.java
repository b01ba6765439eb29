package io.gonkapulse.apigateway.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
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

/** The pages of epochs in a real browser. */
@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EpochPagesTest {

    private static final String ROWS = ".epochs tbody tr";

    private final GatewayTestData data;
    private final DashboardPage page;
    private final HeadlessBrowser browser;

    EpochPagesTest(TestDatabase database, @TempDir Path downloads) {
        Instant now = InstantSource.system().instant();
        data = DashboardPage.dataIn(database);
        page = DashboardPage.start(database, SteppedClock.at(now), downloads);
        NodePageTestData.fill(data, now);
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
    void listsEpochsWithSums() {
        open("/#/epochs");
        awaitRows(30);
        awaitText(ROWS + ":first-child", "77", "Running");
        awaitText(ROWS + ":nth-child(2)", "76", "5,251.00", "2,251.00", "epoch 79, in 46 h", "1,000,076");
        assertThat(browser.attributes("nav [aria-current]", "href")).containsExactly("#/epochs");
    }

    @Test
    void chartShowsClaims() {
        open("/#/epochs");
        awaitAsserted(() -> assertThat(browser.texts("bar-chart .bar")).hasSize(29));
        assertThat(browser.texts("bar-chart .part.is-lost")).hasSize(1);
        assertThat(browser.texts("bar-chart .part.is-unclaimed")).hasSize(1);
    }

    @Test
    void pagesToOlderEpochs() {
        open("/#/epochs");
        awaitRows(30);
        browser.click(".pages a");
        awaitText(ROWS + ":first-child", "47");
        browser.click(".pages a");
        awaitText(ROWS + ":first-child", "77");
    }

    @Test
    void opensEpoch() {
        open("/#/epochs");
        awaitRows(30);
        browser.click(ROWS + ":nth-child(2) a");
        awaitText("h1", "Epoch 76", "Settled");
        awaitText(".head", "5,251.00", "57.1 % of the rewards", "42.9 % of the rewards", "before epoch 79, in 46 h");
        awaitText("[aria-label=Facts]", "Median reward of a node", "2,000.00", "1,000,076");
        assertThat(browser.texts(ROWS)).hasSize(3);
        awaitText(ROWS + ":first-child", "Alpha", "2,251.00", "Unclaimed");
        assertThat(browser.texts(".top-nodes td[data-name=Rank]")).containsExactly("1", "2", "3");
        assertThat(browser.attributes(".top-nodes thead th:nth-child(2)", "title"))
                .containsExactly("Place by reward among the settlements of the epoch");
    }

    @Test
    void runningEpochHasNoSums() {
        open("/#/epochs/77");
        awaitText("h1", "Epoch 77", "Running");
        assertThat(browser.text(".head")).doesNotContain("0.00");
    }

    @Test
    void epochWaitsForSettlement() {
        data.run("update trackers set epoch = 78");
        try {
            open("/#/epochs/77");
            awaitText("h1", "Epoch 77", "Provisional");
            awaitText(".page-head .tools", "Epoch 76", "Epoch 78");
            assertThat(browser.text(".head")).doesNotContain("0.00", "nodes");
            open("/#/epochs");
            awaitText(ROWS + ":nth-child(2)", "77", "Provisional");
        } finally {
            data.run("update trackers set epoch = 77");
        }
    }

    @Test
    void explainsUnknownEpoch() {
        open("/#/epochs/9999");
        awaitText("main", "Not found", "9999");
        assertThat(browser.drainConsoleErrors()).isNotEmpty().allMatch(line -> line.contains("404"));
    }

    @Test
    void downloadsEpochsAsCsv() throws IOException {
        open("/#/epochs");
        awaitRows(30);
        browser.click(".tools .button");
        assertThat(browser.takeDownload("epochs.csv").lines())
                .anyMatch(line -> line.startsWith("76,"))
                .anyMatch(line -> line.startsWith("11,"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/#/epochs", "/#/epochs/76", "/docs/guide.html"})
    void passesAccessibilityChecks(String path) {
        List<String> found = new ArrayList<>();
        for (int width : List.of(390, 1024, 1440)) {
            browser.setWidth(width);
            open(path);
            awaitAsserted(() -> assertThat(browser.texts(".panel")).isNotEmpty());
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

    private void open(String path) {
        page.open(path);
    }

    private void awaitRows(int count) {
        awaitAsserted(() -> assertThat(browser.texts(ROWS)).hasSize(count));
    }

    private void awaitText(String selector, String... parts) {
        page.awaitText(selector, parts);
    }

    private void awaitAsserted(ThrowingRunnable assertion) {
        page.awaitAsserted(assertion);
    }
}
