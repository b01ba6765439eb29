package io.gonkapulse.apigateway.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** The search in the header of every page. */
@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchTest {

    private static final String INPUT = ".find input";
    private static final String KNOWN = DashboardTestData.walletAddress(1);
    private static final String UNKNOWN = DashboardTestData.walletAddress(2);

    private final DashboardPage page;
    private final HeadlessBrowser browser;

    SearchTest(TestDatabase database, @TempDir Path downloads) {
        GatewayTestData data = DashboardPage.dataIn(database);
        Instant now = InstantSource.system().instant();
        page = DashboardPage.start(database, SteppedClock.at(now), downloads, "--gateway.public=trackers");
        DashboardTestData.fill(data, now);
        data.node(KNOWN).displayName("Bravo").stats("healthy", now).insert();
        browser = page.browser();
        browser.setWidth(1440);
    }

    @AfterAll
    void stop() {
        page.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/#/nodes/" + DashboardTestData.NAMED, "/#/watch", "/#/epochs", "/#/trackers"})
    void slashFocusesOnEveryPage(String path) {
        page.openFirst(path);
        browser.type("body", "/");
        assertThat(browser.evaluate("document.activeElement.matches('.find input')"))
                .isEqualTo("true");
        assertThat(browser.evaluate("document.activeElement.value")).isEmpty();
    }

    @Test
    void enterOpensAddress() {
        page.openFirst("/#/trackers");
        browser.type(INPUT, " " + KNOWN.toUpperCase(Locale.ROOT) + Keys.ENTER);
        page.awaitText("h1", "Bravo");
        assertThat(browser.currentUrl()).endsWith("#/nodes/" + KNOWN);
        assertThat(browser.evaluate("document.activeElement.localName")).isEqualTo("h1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs", "/docs/guide.html"})
    void documentationOpensAddress(String path) {
        page.openFirst(path);
        browser.type("body", "/");
        browser.type(INPUT, KNOWN + Keys.ENTER);
        page.awaitText("h1", "Bravo");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs", "/docs/guide.html"})
    void documentationStaysEnglish(String path) {
        page.openFirst("/");
        browser.evaluate("(localStorage.setItem('gonka-pulse.language', 'ru'), '')");
        page.open(path);
        page.awaitAsserted(
                () -> assertThat(browser.attributes(INPUT, "placeholder")).containsExactly("Найти узел"));
        assertThat(browser.attributes("html, #search", "lang")).containsExactly("en", "ru");
    }

    @Test
    void suggestsByName() {
        page.openFirst("/#/watch");
        browser.type(INPUT, "brav");
        page.awaitText(".find-drop [role=option]", "Bravo", "Healthy");
        browser.type(INPUT, Keys.chord(Keys.ARROW_DOWN));
        assertThat(browser.attributes(INPUT, "aria-activedescendant")).containsExactly("search-list-0");
        browser.type(INPUT, Keys.ENTER);
        page.awaitText("h1", "Bravo");
    }

    @Test
    void enterListsSeveralMatches() {
        page.openFirst("/#/trackers");
        browser.type(INPUT, "node05" + Keys.ENTER);
        page.awaitRows(10);
        assertThat(browser.currentUrl()).endsWith("#/?q=node05");
    }

    @Test
    void enterOpensIdentifierOfOtherForm() {
        page.openFirst("/");
        browser.type(INPUT, DashboardTestData.NAMED + Keys.ENTER);
        page.awaitText("h1", "Alpha");
    }

    @Test
    void namesWrongCharacter() {
        search("gonka1b" + KNOWN.substring(7));
        page.awaitText(".find-note", "Character 7 is “b”, which no address contains");
    }

    @Test
    void namesWrongChecksum() {
        char last = KNOWN.charAt(43);
        search(KNOWN.substring(0, 43) + (last == 'q' ? 'p' : 'q'));
        page.awaitText(".find-note", "wrong checksum: one character is wrong or missing");
        browser.type(INPUT, Keys.ENTER);
        assertThat(browser.currentUrl()).endsWith("#/trackers");
    }

    @Test
    void namesWrongLength() {
        search(UNKNOWN.substring(0, 43));
        page.awaitText(".find-note", "43 characters instead of 44");
    }

    @Test
    void namesWrongPrefix() {
        search("cosmos1" + KNOWN.substring(6));
        page.awaitText(".find-note", "An address begins with gonka1, this text with “cosmos1”");
    }

    @Test
    void unknownIsWellFormed() {
        search(UNKNOWN);
        page.awaitText(".find-note", "The address is well formed, but no tracker has reported it");
        browser.type(INPUT, Keys.ENTER);
        page.awaitText("main", "Not found", "The address is well formed");
        assertThat(browser.drainConsoleErrors()).isNotEmpty().allMatch(line -> line.contains("404"));
    }

    @Test
    void escapeClosesSuggestions() {
        search("brav");
        page.awaitText(".find-drop [role=option]", "Bravo");
        browser.type(INPUT, Keys.ESCAPE);
        assertThat(isClosed()).isTrue();
        assertThat(browser.attributes(INPUT, "aria-expanded")).containsExactly("false");
    }

    @Test
    void tabClosesSuggestions() {
        search("brav");
        page.awaitText(".find-drop [role=option]", "Bravo");
        browser.type(INPUT, Keys.TAB);
        assertThat(isClosed()).isTrue();
    }

    @Test
    void enterShowsNoteAgain() {
        search("nobody");
        page.awaitText(".find-note", "No node has this text");
        browser.type(INPUT, Keys.ESCAPE);
        assertThat(isClosed()).isTrue();
        browser.type(INPUT, Keys.ENTER);
        page.awaitText(".find-note", "No node has this text");
        assertThat(isClosed()).isFalse();
    }

    @Test
    void enterAsksAgainAfterFailure() {
        page.openFirst("/#/trackers");
        browser.block("*/api/v1/nodes*");
        browser.type(INPUT, "brav" + Keys.ENTER);
        page.awaitText(".find-note", "The API does not respond");
        browser.block();
        browser.type(INPUT, Keys.ENTER);
        page.awaitRows(1);
        assertThat(browser.drainConsoleErrors()).allMatch(line -> line.contains("ERR_BLOCKED"));
    }

    private void search(String text) {
        page.openFirst("/#/trackers");
        browser.type(INPUT, text);
    }

    private boolean isClosed() {
        return Boolean.parseBoolean(browser.evaluate("document.querySelector('.find-drop').hidden"));
    }
}
