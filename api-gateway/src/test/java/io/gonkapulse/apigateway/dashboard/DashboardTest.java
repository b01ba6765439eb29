package io.gonkapulse.apigateway.dashboard;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gonkapulse.apigateway.running.NetworkData;
import io.gonkapulse.apigateway.running.RunningGateway;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.network.time.SteppedClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The dashboard in a real browser over the real gateway and database. */
@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardTest {

    private static final String NO_BROWSER = "No chromium with chromedriver on the PATH: the dashboard is not tested";
    private static final String ROWS = ".nodes tbody tr";
    private static final String REFRESH = "(window.dispatchEvent(new Event('online')), '')";
    private static final String NODE = "/#/nodes/" + SmallNetwork.NAMED;

    @TempDir
    private static Path downloads;

    // The browser's own clock cannot be stepped, so the gateway's begins where that one stands.
    private final Instant now = InstantSource.system().instant();
    private final SteppedClock clock = SteppedClock.at(now);
    private final TestDatabase database;
    private @Nullable NetworkData data;
    private @Nullable RunningGateway gateway;
    private @Nullable Browser browser;

    DashboardTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeAll
    void start() {
        if (!Browser.isThere()) {
            System.err.println(NO_BROWSER);
            return;
        }
        data = NetworkData.in(database);
        gateway = RunningGateway.on(database, clock, "--gateway.public=trackers");
        SmallNetwork.fill(data(), now);
        browser = Browser.started(downloads);
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
        }
        if (gateway != null) {
            gateway.close();
        }
    }

    @BeforeEach
    void wide() {
        assumeTrue(browser != null, NO_BROWSER);
        clock.moveTo(now);
        browser().width(1920);
    }

    @AfterEach
    void nothingWasComplainedOf() {
        if (browser != null) {
            assertThat(browser.takeComplaints()).isEmpty();
        }
    }

    @Test
    void theHeadTellsOfTheNetwork() {
        open("/");
        seeText(".head", "Epoch", "77", "1,234,567", "Live", "Participants", "Jailed", "Models");
        assertThat(browser().text(".countdown")).matches("\\d\\d:\\d\\d:\\d\\d");
        assertThat(browser().attributes(".countdown", "title").get(0)).contains(" UTC\n");
        seeText("bar-chart", "0");
    }

    @Test
    void nodesAreFilteredSortedAndSearched() {
        open("/");
        seeRows(25);
        assertThat(browser().text(ROWS + ":first-child th")).contains("Alpha", SmallNetwork.NAMED);

        browser().click(".toggles label:nth-of-type(3)");
        seeRows(5);
        assertThat(browser().texts(".nodes .badge")).containsOnly("Jailed");
        assertThat(browser().address()).contains("status=jailed");
        browser().click("thead .col-weight button");
        see(() -> assertThat(browser().text(ROWS + ":first-child")).contains("gonka1node010"));
        assertThat(browser().attributes("thead .col-weight", "aria-sort")).containsExactly("ascending");

        browser().type(".search input", "node03");
        seeRows(1);
        assertThat(browser().address()).contains("q=node03");
        browser().type(".search input", "nobody");
        seeText(".panel", "No node matches");
        browser().click(".filters .button.is-plain");
        seeRows(25);
    }

    @Test
    void pagesLeadOnwardsAndBack() {
        open("/");
        seeRows(25);
        browser().click(".pages a:nth-of-type(3)");
        see(() -> assertThat(browser().text(ROWS + ":first-child")).contains("gonka1node035"));
        browser().click(".pages a:nth-of-type(3)");
        seeRows(10);
        browser().click(".pages a:nth-of-type(2)");
        see(() -> assertThat(browser().text(ROWS + ":first-child")).contains("gonka1node035"));
        browser().back();
        seeRows(10);
    }

    @Test
    void aNodeIsOpenedSwitchedToWeeksAndMonthsAndLeft() {
        open("/");
        seeRows(25);
        browser().click(ROWS + ":first-child a");
        seeText("h1", "Alpha", "Healthy");
        see(() -> assertThat(browser().texts("bar-chart .bar")).hasSize(30));
        assertThat(browser().texts("bar-chart .bar.is-provisional")).hasSize(1);
        assertThat(browser().texts(".cell")).hasSize(7 * 24);
        seeText(".timeline + .legend", "Unhealthy", "Jailed");
        seeText(".figures", "When it was not healthy (2)");
        assertThat(browser().say("document.activeElement.localName")).isEqualTo("h1");

        browser().click(".choice label:nth-of-type(2)");
        see(() -> assertThat(browser().texts("bar-chart .bar")).hasSizeBetween(13, 14));
        browser().click(".choice label:nth-of-type(3)");
        see(() -> assertThat(browser().texts("bar-chart .bar")).hasSizeBetween(12, 13));
        assertThat(browser().address()).endsWith("?interval=month");
        browser().back();
        seeRows(25);
    }

    @Test
    void amountsAreExactWhenPointedAtAndInTheTable() {
        open(NODE);
        seeText(".figures td", "12,345,678,901.23456789", "12,345,678,901,234,567,891", "0.00000012");
        assertThat(browser().attributes(".head .amount", "title")).contains("0.00000012 GNK");
        browser().click("bar-chart");
        browser().type("bar-chart", Keys.END);
        seeText("bar-chart output", "provisional", "125 ngonka");
        browser().type("bar-chart", Keys.ARROW_LEFT);
        seeText("bar-chart .tip", "12,345,678,901.23456789 GNK", "settled");
    }

    @Test
    void trackersSayWhoAnswersAndSinceWhenNot() {
        open("/#/trackers");
        seeText("article[aria-label=main]", "Answers", "300 ms", "100 %");
        seeText(
                "article[aria-label=second]",
                "Does not answer",
                "connect timed out",
                "Nothing new since",
                "0 %",
                "15 min");
    }

    @Test
    void aLinkLeadsStraightToWhatItNames() {
        open(NODE + "?interval=month&range=90");
        see(() -> assertThat(browser().texts("bar-chart .bar")).hasSizeBetween(3, 5));
        open("/#/?q=node06&sort=identifier&interval=week");
        seeRows(1);
        open("/#/somewhere/else");
        seeText("h1", "There is no such page");
        open("/#/nodes/gonka1nobody");
        seeText("main", "Not found", "gonka1nobody");
        assertThat(browser().takeComplaints()).isNotEmpty().allMatch(line -> line.contains("404"));
    }

    @Test
    void theThemeIsSwitchedAndRemembered() {
        open("/");
        browser().click("#theme");
        browser().click("#theme");
        assertThat(browser().text("#theme")).isEqualTo("Dark");
        String dark = browser().say("getComputedStyle(document.body).backgroundColor");
        browser().reload();
        seeRows(25);
        assertThat(browser().say("getComputedStyle(document.body).backgroundColor"))
                .isEqualTo(dark);
        browser().click("#theme");
        assertThat(browser().text("#theme")).isEqualTo("Auto");
    }

    @Test
    void tablesAreTakenAwayAsTheApiWritesThem() throws IOException {
        open(NODE);
        see(() -> assertThat(browser().texts("bar-chart .bar")).hasSize(30));
        browser().click(".tools > .button");
        assertThat(downloaded(SmallNetwork.NAMED + "-earnings.csv"))
                .startsWith("date,earningsGnk,earningsNgonka,source,state")
                .contains("12345678901.23456789," + SmallNetwork.LARGEST_NGONKA + ",one,settled");
        Files.deleteIfExists(downloads.resolve("nodes.csv"));
        open("/#/?status=jailed");
        seeRows(5);
        browser().click(".columns > :first-child .tools > .button");
        assertThat(downloaded("nodes.csv").lines())
                .hasSize(6)
                .anyMatch(line -> line.startsWith("gonka1node050,,H100,"));
    }

    @Test
    void aTableOfNodesIsWholeHoweverManyThereAre() throws IOException {
        Files.deleteIfExists(downloads.resolve("nodes.csv"));
        data().run("insert into nodes (identifier, identifier_type) "
                + "select 'gonka1bulk' || number, 'wallet' from generate_series(1, 20001) number");
        try {
            open("/#/?q=gonka1bulk&sort=identifier");
            seeRows(25);
            browser().click(".columns > :first-child .tools > .button");
            assertThat(downloaded("nodes.csv").lines()).hasSize(20_002).doesNotHaveDuplicates();
        } finally {
            data().run("delete from nodes where identifier like 'gonka1bulk%'");
            Files.deleteIfExists(downloads.resolve("nodes.csv"));
        }
    }

    @Test
    void aRefreshTouchesOnlyWhatChangedAndAsksWithATag() {
        open("/");
        seeRows(25);
        browser().say("window.row = document.querySelector('" + ROWS + "')");
        browser().say(REFRESH);
        see(() -> assertThat(browser()
                        .say("performance.getEntriesByType('resource')"
                                + ".some((one) => one.name.includes('/api/v1/nodes') && one.responseStatus === 304)"))
                .isEqualTo("true"));
        data().run("update node_stats_cache set earnings_day = 7.25 where earnings_day < 1");
        browser().say(REFRESH);
        seeText(ROWS + ":first-child .col-today", "7.25");
        assertThat(browser().say("window.row === document.querySelector('" + ROWS + "')"))
                .isEqualTo("true");
        data().run("update node_stats_cache set earnings_day = 0.00000012 where earnings_day = 7.25");
    }

    @Test
    void whileTheApiIsAwayWhatWasThereStaysAndSaysHowOldItIs() {
        open("/");
        seeRows(25);
        browser().block("*/api/*");
        browser().say(REFRESH);
        seeText("#banner", "The API cannot be reached", "What you see is from", "next try in");
        seeText("#pulse", "Not reachable");
        browser().click(".tools > .button");
        seeText("#said", "could not be fetched");
        seeRows(25);
        open("/");
        seeText("main", "No nodes to show", "The API does not answer");
        browser().block();
        browser().click("#banner .button");
        seeRows(25);
        see(() -> assertThat(browser().text("#banner")).isEmpty());
        assertThat(browser().takeComplaints()).allMatch(line -> line.contains("ERR_BLOCKED"));
    }

    @Test
    void whatIsStaleSaysSo() {
        open("/");
        seeRows(25);
        clock.advance(Duration.ofMinutes(10));
        browser().say(REFRESH);
        seeText("#banner", "The network data are old", "10 min");
        seeText(ROWS + ":first-child", "Stale");
    }

    @Test
    void anEmptyNetworkSaysSo() {
        data().clear();
        open("/");
        seeText("main", "No nodes yet", "No earnings in this time");
        open("/#/trackers");
        seeText("main", "No trackers yet");
        SmallNetwork.fill(data(), now);
    }

    @Test
    void theTableFitsItsPlaceEvenWhenAllOfItIsStale() {
        clock.advance(Duration.ofMinutes(10));
        open("/");
        seeRows(25);
        for (int width : List.of(390, 640, 1010, 1011, 1024, 1320, 1321, 1440, 1680, 1859, 1860, 1920)) {
            browser().width(width);
            see(() -> assertThat(browser().say("innerWidth")).isEqualTo("" + width));
            assertThat(browser()
                            .say("document.querySelector('.nodes').offsetWidth"
                                    + " - document.querySelector('.table-place').clientWidth"))
                    .as("too wide at %d", width)
                    .isEqualTo("0");
        }
    }

    @Test
    void theKeyboardReachesWhatAMouseDoes() {
        open("/");
        seeRows(25);
        browser().type("body", Keys.TAB);
        assertThat(browser().say("document.activeElement.className")).isEqualTo("skip");
        browser().type(".skip", Keys.ENTER);
        assertThat(browser().say("document.activeElement.id")).isEqualTo("main");
        browser().type("main", "/");
        assertThat(browser().say("document.activeElement.type")).isEqualTo("search");
    }

    @Test
    void theDescriptionOfTheApiIsDressedAlike() {
        open("/docs");
        seeText(".swagger-ui", "Gonka Pulse API", "/api/v1/nodes");
        seeText(".top nav", "Network", "Trackers", "API");
    }

    @Test
    void nobodyIsShutOutAtAnyWidthInAnyTheme() {
        List<String> found = new ArrayList<>();
        for (String theme : List.of("light", "dark")) {
            for (int width : List.of(390, 1024, 1920)) {
                browser().width(width);
                for (String page : List.of("/", NODE, "/#/trackers")) {
                    open(page);
                    browser().say("document.documentElement.dataset.theme = '" + theme + "'");
                    see(() -> assertThat(browser().texts(".panel")).isNotEmpty());
                    see(() -> assertThat(browser().texts("[aria-busy]")).isEmpty());
                    browser().violations().forEach(one -> found.add(theme + " " + width + " " + page + " " + one));
                    assertThat(browser().say("document.documentElement.scrollWidth <= innerWidth"))
                            .as("%s at %d fits", page, width)
                            .isEqualTo("true");
                }
            }
        }
        assertThat(found).isEmpty();
    }

    private void open(String path) {
        browser().open(gateway().url() + path);
    }

    private void seeRows(int count) {
        see(() -> assertThat(browser().texts(ROWS)).hasSize(count));
    }

    private void seeText(String selector, String... parts) {
        see(() -> assertThat(browser().text(selector)).contains(parts));
    }

    private void see(ThrowingRunnable assertion) {
        browser().see(assertion);
    }

    private static String downloaded(String name) throws IOException {
        Path file = downloads.resolve(name);
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(file));
        return Files.readString(file);
    }

    private Browser browser() {
        return requireNonNull(browser);
    }

    private RunningGateway gateway() {
        return requireNonNull(gateway);
    }

    private NetworkData data() {
        return requireNonNull(data);
    }
}
