package io.gonkapulse.trackerpoller.config;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The settings under {@code POLLER_}.
 *
 * @param trackers the trackers to poll; the same list for all pollers of one installation
 * @param owner the name of this poller in polls and logs; by default its process and host
 * @param parallelPolls how many trackers are polled at the same time
 * @param sessionTimeout after how long without a heartbeat the trackers of a poller are reassigned
 */
@Validated
@ConfigurationProperties("poller")
public record PollerProperties(
        @DefaultValue
        @NotEmpty(message = "expected at least one tracker: POLLER_TRACKERS_0_NAME, _KIND and _URLS are missing")
        List<@Valid TrackerProperties> trackers,

        @Nullable String owner,
        @DefaultValue("8") @Min(1) @Max(1_000) int parallelPolls,
        @DefaultValue("6s") Duration sessionTimeout) {

    public PollerProperties {
        PollerPropertiesValidator.requireDistinctNames(trackers);
        PollerPropertiesValidator.requireBetween(
                "POLLER_SESSION_TIMEOUT", sessionTimeout, Duration.ofSeconds(3), Duration.ofMinutes(5));
    }
}
