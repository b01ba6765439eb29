package io.gonkapulse.apigateway.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** The watch list, which is stored in the browser. */
@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WatchListTest {

    private static final List<String> WATCHED = DashboardTestData.WATCHED;
    private static final String FIRST = WATCHED.get(0);
    private static final String UNKNOWN = DashboardTestData.walletAddress(99);
    /** Old databases contain identifiers that are no address. */
    private static final String OTHER = "host:8080";

    private static final String LONG_WORD = "x".repeat(300);
    /** As many as a list can have. */
    private static final List<String> MOST =
            IntStream.rangeClosed(1, 500).mapToObj(number -> "word" + number).toList();

    private final DashboardPage page;
    private final HeadlessBrowser browser;

    WatchListTest(TestDatabase database, @TempDir Path downloads) {
        GatewayTestData data = DashboardPage.dataIn(database);
        Instant now = InstantSource.system().instant();
        page = DashboardPage.start(database, SteppedClock.at(now), downloads, "--gateway.public=trackers");
        DashboardTestData.fill(data, now);
        DashboardTestData.fillWatched(data, now);
        data.node(OTHER).stats("healthy", now).insert();
        browser = page.browser();
        browser.setWidth(1440);
    }

    @AfterAll
    void stop() {
        page.close();
    }

    @AfterEach
    void requireNoConsoleErrors() {
        assertThat(browser.drainConsoleErrors()).isEmpty();
    }

    @Test
    void explainsEmptyList() {
        page.openFirst("/#/watch");
        page.awaitText("main", "No node is watched yet", "The list stays in this browser");
    }

    @Test
    void starAddsAndRemovesNode() {
        page.openFirst("/#/?q=Alpha");
        page.awaitRows(1);
        browser.click(".star");
        assertThat(browser.attributes(".star", "aria-pressed")).containsExactly("true");
        browser.click("#nav a:nth-of-type(2)");
        page.awaitText(DashboardPage.ROWS, "Alpha");
        browser.reload();
        page.awaitRows(1);
        browser.click(".star");
        page.awaitText("main", "No node is watched yet");
    }

    @Test
    void starOfNodePageAddsNode() {
        page.openFirst("/#/nodes/" + DashboardTestData.NAMED);
        page.awaitText("h1", "Alpha");
        browser.click("h1 .star");
        page.open("/#/watch");
        page.awaitRows(1);
    }

    @Test
    void showsSumsAndDeadline() {
        watch(WATCHED);
        page.awaitRows(20);
        page.awaitText(".is-sums", "Healthy 18", "Jailed 1", "Unhealthy 1");
        assertThat(browser.attributes(".is-sums .amount", "title"))
                .anyMatch(one -> one.startsWith(DashboardTestData.WATCHED_TODAY))
                .anyMatch(one -> one.startsWith(DashboardTestData.WATCHED_UNCLAIMED));
        page.awaitText(".is-sums .is-deadline", "claim before epoch 79");
        assertThat(browser.texts(".col-unclaimed .amount")).containsExactly("2,251.00");
    }

    @Test
    void keepsOrderOfAddition() {
        watch(List.of(WATCHED.get(4), WATCHED.get(2), WATCHED.get(9)));
        page.awaitRows(3);
        assertThat(browser.attributes(".nodes .col-node a", "href"))
                .containsExactly("#/nodes/" + WATCHED.get(4), "#/nodes/" + WATCHED.get(2), "#/nodes/" + WATCHED.get(9));
    }

    @Test
    void sortsByUnclaimedReward() {
        watch(WATCHED);
        page.awaitRows(20);
        browser.click("thead .col-unclaimed button");
        page.awaitText(DashboardPage.ROWS + ":first-child .col-unclaimed", "2,251.00");
        assertThat(browser.currentUrl()).contains("sort=-unclaimed");
    }

    /** Links of older versions have shorter sort keys. */
    @Test
    void oldLinkSortsByWeight() {
        watch(WATCHED);
        page.open("/#/watch?sort=weight");
        page.awaitRows(20);
        assertThat(browser.attributes("thead .col-weight", "aria-sort")).containsExactly("ascending");
    }

    @Test
    void showsUnreportedAddress() {
        watch(List.of(FIRST, UNKNOWN));
        page.awaitRows(1);
        page.awaitText(".offered", "The address is well formed, but no tracker has reported it");
        browser.click(".offered .button");
        page.awaitAsserted(() -> assertThat(browser.texts(".offered li")).isEmpty());
    }

    @Test
    void looksUpPastedAddresses() {
        page.openFirst("/#/watch");
        page.recordMessages();
        browser.type("textarea", FIRST.toUpperCase(Locale.ROOT) + ", " + UNKNOWN + ";\ngonka1qqq nonsense");
        browser.click(".add-form button");
        page.awaitText(".offer", "Add 2 nodes to the watch list?", "Healthy", "The address is well formed");
        page.awaitText(".offer", "Malformed", "9 characters instead of 44", "An address begins with gonka1");
        browser.click(".offer .is-main");
        page.awaitMessage("2 nodes added");
        page.awaitRows(1);
        assertThat(stored()).isEqualTo("[\"" + FIRST + "\",\"" + UNKNOWN + "\"]");
    }

    @Test
    void linkAddsNothingWithoutConsent() {
        page.openFirst("/#/watch?add=" + FIRST);
        page.awaitText(".offer", "Add 1 node to the watch list?");
        assertThat(stored()).isEqualTo("null");
        browser.click(".offer .button:not(.is-main)");
        page.awaitAsserted(() -> assertThat(browser.texts(".offer")).isEmpty());
        assertThat(stored()).isEqualTo("null");
    }

    @Test
    void copiedLinkOpensSameList() {
        watch(WATCHED);
        page.awaitRows(20);
        page.recordMessages();
        browser.evaluate("(navigator.clipboard.writeText = async (text) => { window.copied = text; }, '')");
        browser.click(".tools .button:nth-of-type(2)");
        page.awaitMessage("Link copied");
        String link = browser.evaluate("window.copied");
        page.openFirst(link.substring(link.indexOf("/#/")));
        page.awaitText(".offer", "Add 20 nodes to the watch list?");
        browser.click(".offer .is-main");
        page.awaitRows(20);
    }

    @Test
    void watchesMoreThanOneBatch() {
        List<String> many = DashboardTestData.walletAddresses(120);
        watch(many);
        page.awaitRows(20);
        page.awaitAsserted(() -> assertThat(browser.texts(".offered li")).hasSize(many.size() - 20));
    }

    @Test
    void badWordsDoNotStopLookUp() {
        page.openFirst("/#/watch?add=" + LONG_WORD + "," + FIRST + ",%01");
        page.awaitText(".offer", "Add 1 node to the watch list?", "Owner 1", "Malformed");
        assertThat(browser.texts(".offer li")).hasSize(3);
    }

    @Test
    void keepsStoredBadWord() {
        watch(List.of(LONG_WORD, FIRST));
        page.awaitRows(1);
        page.awaitText(".panel-title .count", "2");
        page.awaitText(".offered", "An address begins with gonka1");
        browser.click(".offered .button");
        page.awaitAsserted(() -> assertThat(stored()).isEqualTo("[\"" + FIRST + "\"]"));
    }

    @Test
    void watchesOtherIdentifiers() {
        page.openFirst("/#/watch?add=" + OTHER);
        page.awaitText(".offer", "Add 1 node to the watch list?");
        browser.click(".offer .is-main");
        page.awaitRows(1);
        assertThat(browser.attributes(".star", "aria-pressed")).containsExactly("true");
        browser.reload();
        page.awaitRows(1);
    }

    @Test
    void failedLookUpCanBeClosed() {
        page.openFirst("/");
        browser.block("*/api/v1/nodes*");
        page.open("/#/watch?add=" + FIRST);
        page.awaitText(".offer", "No nodes to show");
        browser.click(".offer .tools .button");
        page.awaitAsserted(() -> assertThat(browser.texts(".offer")).isEmpty());
        browser.block();
        assertThat(browser.drainConsoleErrors()).allMatch(line -> line.contains("ERR_BLOCKED"));
    }

    @Test
    void offerSaysThatListIsFull() {
        watch(MOST);
        page.open("/#/watch?add=" + FIRST);
        page.awaitText(".offer", "Nothing to add", "A watch list has at most 500 addresses");
    }

    @Test
    void starSaysThatListIsFull() {
        watch(MOST);
        page.open("/#/?q=Alpha");
        page.awaitRows(1);
        // The message disappears after some seconds.
        browser.evaluate("(new MutationObserver(([change]) => { window.added ??= change.addedNodes[0]?.data; })"
                + ".observe(document.querySelector('#message'), { childList: true }), '')");
        browser.click(".star");
        page.awaitAsserted(() -> assertThat(browser.evaluate("window.added")).contains("at most 500 addresses"));
        assertThat(browser.attributes(".star", "aria-pressed")).containsExactly("false");
    }

    @Test
    void sortAndOfferAreKept() {
        watch(WATCHED);
        page.open("/#/watch?add=" + UNKNOWN);
        page.awaitRows(20);
        page.awaitText(".offer", "Add 1 node");
        browser.click("thead .col-weight button");
        page.awaitAsserted(() -> assertThat(browser.currentUrl()).endsWith("add=" + UNKNOWN + "&sort=-votingWeight"));
        browser.click(".offer .button:not(.is-main)");
        page.awaitAsserted(() -> assertThat(browser.currentUrl()).endsWith("#/watch?sort=-votingWeight"));
    }

    @ParameterizedTest
    @ValueSource(strings = {".offer .is-main", ".offer .button:not(.is-main)", ".offered .button", ".star"})
    void focusMovesToHeading(String button) {
        watch(List.of(FIRST, UNKNOWN));
        page.open("/#/watch?add=" + WATCHED.get(1));
        page.awaitRows(1);
        page.awaitText(".offer", "Add 1 node");
        browser.type(button, Keys.ENTER);
        page.awaitAsserted(() ->
                assertThat(browser.evaluate("document.activeElement.localName")).isEqualTo("h1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "{}", "[1, null]", "\"text\""})
    void survivesBrokenStorage(String text) {
        page.openFirst("/");
        browser.evaluate("(localStorage.setItem('gonka-pulse.watch', '" + text + "'), '')");
        page.open("/#/watch");
        page.awaitText("main", "No node is watched yet");
    }

    @Test
    void keyboardReachesStar() {
        page.openFirst("/#/?q=Alpha");
        page.awaitRows(1);
        browser.type(".star", Keys.SPACE);
        assertThat(browser.attributes(".star", "aria-pressed")).containsExactly("true");
    }

    private void watch(List<String> addresses) {
        page.openFirst("/");
        browser.evaluate(
                "(localStorage.setItem('gonka-pulse.watch', '[\"" + String.join("\",\"", addresses) + "\"]'), '')");
        page.open("/#/watch");
    }

    private String stored() {
        return browser.evaluate("localStorage.getItem('gonka-pulse.watch')");
    }
}
