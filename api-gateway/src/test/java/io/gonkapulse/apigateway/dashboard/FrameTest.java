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

/** The frame of every page says how old the data are, and which network and release they are of. */
@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FrameTest {

    private static final String NODE = "/#/nodes/" + DashboardTestData.NAMED;

    private final Instant now = InstantSource.system().instant();
    private final SteppedClock clock = SteppedClock.at(now);
    private final GatewayTestData data;
    private final DashboardPage page;
    private final HeadlessBrowser browser;

    FrameTest(TestDatabase database, @TempDir Path downloads) {
        data = DashboardPage.dataIn(database);
        page = DashboardPage.start(database, clock, downloads, "--gateway.public=trackers", "--gateway.simulated=true");
        DashboardTestData.fill(data, now);
        browser = page.browser();
    }

    @AfterAll
    void stop() {
        page.close();
    }

    @BeforeEach
    void prepare() {
        clock.setTo(now);
        browser.setWidth(1440);
        // Far ahead, so that a slow machine does not make a tracker silent during the test.
        data.run(
                "update trackers set outcome = 'ok', last_poll_at = now(), last_success_at = now() + interval '1 hour'");
    }

    @Test
    void pulseIsGreenWhileTrackersRespond() {
        page.openFirst("/");
        page.awaitText("#pulse .is-live", "Data 0 s old");
        assertThat(browser.text("#banner")).isEmpty();
    }

    @Test
    void pulseNamesOldestTracker() {
        data.run("update trackers set last_success_at = now() - interval '65 seconds' where name = 'second'");
        page.openFirst("/");
        page.awaitText("#pulse .is-live", "Data 1 min");
    }

    @Test
    void pulseIsAmberWhenTrackerIsSilent() {
        data.run("update trackers set last_success_at = now() - interval '4 hours' where name = 'second'");
        page.openFirst("/");
        page.awaitText("#pulse .is-down", "Data of second 4 h");
    }

    @Test
    void pulseIsAmberWhenPollFailed() {
        data.run("update trackers set outcome = 'failed' where name = 'second'");
        page.openFirst("/");
        page.awaitText("#pulse .is-old", "Data of");
    }

    @Test
    void pulseIsAmberWhenNodeIsOld() {
        clock.advance(Duration.ofMinutes(10));
        page.openFirst(NODE);
        page.awaitText("#pulse .is-old", "Node data 10 min");
        assertThat(browser.text("h1 .badge")).isEqualTo("Was healthy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", NODE, "/#/watch", "/#/epochs", "/#/epochs/76", "/#/trackers", "/#/no/such/page"})
    void everyPageNamesSilentTracker(String path) {
        data.run("update trackers set last_success_at = now() - interval '4 hours' where name = 'second'");
        page.openFirst(path);
        page.awaitText("#banner", "Tracker second has been silent for 4 h", "Its nodes are shown as of then");
    }

    @Test
    void namesTrackerWithoutResponse() {
        data.run("update trackers set last_success_at = null where name = 'second'");
        page.openFirst("/");
        page.awaitText("#banner", "Tracker second has not responded yet");
        page.awaitText("#pulse .is-down", "Tracker second is silent");
    }

    @Test
    void staleNodeIsNotShownHealthy() {
        clock.advance(Duration.ofMinutes(10));
        page.openFirst("/");
        page.awaitText(DashboardPage.ROWS + ":first-child .col-status", "Was healthy");
        assertThat(browser.texts(".nodes .badge.is-healthy")).isEmpty();
    }

    @Test
    void hidesEmptyRegion() {
        page.openFirst("/");
        page.awaitAsserted(() -> assertThat(browser.texts("thead .col-region")).hasSize(1));
        data.run("update nodes set region = null");
        try {
            page.openFirst("/");
            page.awaitRows(25);
            page.awaitAsserted(() -> assertThat(browser.texts(".select")).anyMatch(one -> one.contains("H200")));
            assertThat(browser.texts("thead .col-region")).isEmpty();
            assertThat(browser.text(".selects")).doesNotContain("Region");
        } finally {
            data.run("update nodes set region = 'Oslo'");
        }
    }

    @Test
    void showsSimulatedBadge() {
        page.openFirst("/#/trackers");
        page.awaitText("#simulated", "Simulated network");
    }

    @Test
    void footerShowsVersion() {
        page.openFirst("/#/watch");
        page.awaitAsserted(
                () -> assertThat(browser.text(".version")).matches("Version \\d\\S*(, commit [0-9a-f]{7,9})?"));
    }

    /** This gateway shows jobs to nobody without a key. */
    @Test
    void hidesLinkToInvisibleJobs() {
        page.openFirst("/");
        page.awaitText(".version", "Version");
        assertThat(browser.text("#nav")).contains("Trackers").doesNotContain("Jobs");
        browser.drainConsoleErrors();
        page.open("/#/jobs");
        page.awaitText("#banner", "This gateway requires an API key");
        page.awaitText("main", "No jobs to show", "the right \"jobs\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh", "ru"})
    void languageSelectTranslatesPage(String language) {
        page.openFirst("/");
        page.awaitRows(25);
        assertThat(browser.texts(".translated")).isEmpty();
        browser.evaluate(
                "(document.querySelector('.language select').value = '" + language + "', "
                        + "document.querySelector('.language select').onchange({ target: document.querySelector('.language select') }))");
        page.awaitAsserted(() -> {
            assertThat(browser.evaluate("document.documentElement.lang")).isEqualTo(language);
            assertThat(browser.texts(".translated")).hasSize(1);
            assertThat(browser.text("#nav")).isNotEmpty().doesNotContain("Watch list");
            assertThat(browser.attributes(".figures .scroller", "aria-label"))
                    .isNotEmpty()
                    .noneMatch(one -> one.contains("network"));
        });
        for (int width : List.of(390, 1024, 1440, 1920)) {
            browser.setWidth(width);
            assertThat(browser.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .as("fits at %d", width)
                    .isEqualTo("true");
        }
    }
}
