package io.gonkapulse.apigateway.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The guide in a real browser, which completes its recipes. */
@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuidePageTest {

    private static final String HEAVIEST = "'; echo x; '";
    private static final String ADDRESS = DashboardTestData.walletAddress(1);

    private final DashboardPage page;
    private final HeadlessBrowser browser;

    GuidePageTest(TestDatabase database, @TempDir Path downloads) {
        GatewayTestData data = DashboardPage.dataIn(database);
        Instant now = InstantSource.system().instant();
        page = DashboardPage.start(database, SteppedClock.at(now), downloads);
        data.node(HEAVIEST).stats("healthy", now).weight("2").insert();
        data.node(ADDRESS).stats("healthy", now).weight("1").insert();
        browser = page.browser();
    }

    @AfterAll
    void stop() {
        page.close();
    }

    @Test
    void recipesNameAddressOnly() {
        page.openFirst("/docs/guide.html");
        page.awaitText("#claim code", "/api/v1/nodes/" + ADDRESS);
        assertThat(browser.text("code")).doesNotContain("echo x");
    }
}
