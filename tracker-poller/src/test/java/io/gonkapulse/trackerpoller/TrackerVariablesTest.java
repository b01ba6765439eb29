package io.gonkapulse.trackerpoller;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.servicekit.settings.SettingException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrackerVariablesTest {

    @Test
    void acceptsEverySpelling() {
        assertThatCode(() -> PollerProperties.requireKnownVariables(List.of(
                        "POLLER_TRACKERS_0_NAME",
                        "POLLER_TRACKERS_11_URLS",
                        "POLLER_TRACKERS_0_URLS_1",
                        "POLLER_TRACKERS_0_POLLDEADLINE",
                        "POLLER_TRACKERS_0_POLL_DEADLINE")))
                .doesNotThrowAnyException();
    }

    @Test
    void rejectsMisspelledSetting() {
        assertThatThrownBy(() -> PollerProperties.requireKnownVariables(List.of("PATH", "POLLER_TRACKERS_0_INTERVALL")))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("POLLER_TRACKERS_0_INTERVALL: there is no such setting; expected after"
                        + " POLLER_TRACKERS_0_ one of BODY_LIMIT, CONCURRENT_REQUESTS, ");
    }

    /** Spring does not bind it, so the validator has to reject it. */
    @Test
    void rejectsIncompleteUnderscores() {
        assertThatThrownBy(() ->
                        PollerProperties.requireKnownVariables(List.of("POLLER_TRACKERS_0_INITIALBACKFILL_EPOCHS")))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("POLLER_TRACKERS_0_INITIALBACKFILL_EPOCHS: there is no such setting");
    }

    @Test
    void ignoresOtherVariables() {
        assertThatCode(() -> PollerProperties.requireKnownVariables(
                        List.of("POLLER_OWNER", "POLLER_SERVICE_HOST", "TRACKER_POLLER_PORT_8081_TCP", "PATH")))
                .doesNotThrowAnyException();
    }
}
