package io.gonkapulse.jobrecorder.intake;

import io.gonkapulse.servicekit.settings.SettingLimits;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the intake over HTTP.
 *
 * @param keysFile file of key hashes; without it there are no keys
 * @param anonymous who may report without a key
 * @param maxInFlight concurrent requests, each with up to 5 MB in memory; the others get 429
 * @param readTimeout how long a client may take to send a body
 */
@ConfigurationProperties("recorder")
public record IntakeProperties(
        @Nullable Path keysFile,
        @DefaultValue("none") AnonymousAccess anonymous,
        @DefaultValue("8") int maxInFlight,
        @DefaultValue("30s") Duration readTimeout) {

    public IntakeProperties {
        SettingLimits.requireAtLeast("RECORDER_MAX_IN_FLIGHT", maxInFlight, 1);
        SettingLimits.requireAtLeast("RECORDER_READ_TIMEOUT", readTimeout, Duration.ofSeconds(1));
    }

    /** Who may report without a key. */
    public enum AnonymousAccess {
        NONE,
        /** Programs on this machine. */
        LOOPBACK
    }
}
