package io.gonkapulse.buildrules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsPageTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final Path PAGE = ROOT.resolve("docs/settings.md");

    /** Programs, and the libraries that read settings for them. */
    private static final List<String> MODULES = List.of(
            "tracker-poller",
            "stats-writer",
            "earnings-aggregator",
            "api-gateway",
            "migrations",
            "libs/service-kit",
            "libs/worker-core",
            "jobs/recorder",
            "jobs/reporter");

    @Test
    void pageMatchesReadmes() throws IOException {
        String expected = SettingsPage.generate(ROOT, MODULES);
        if (Boolean.getBoolean("settings.write")) {
            Files.writeString(PAGE, expected);
        }

        assertThat(PAGE).as("write it by -Dsettings.write=true").hasContent(expected);
    }

    @Test
    void everyModuleHasSettings() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(MODULES)
                .allSatisfy(module -> assertThat(page).contains("](../" + module + "/README.md#configuration)"));
    }
}
