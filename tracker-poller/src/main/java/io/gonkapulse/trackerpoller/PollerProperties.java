package io.gonkapulse.trackerpoller;

import io.gonkapulse.servicekit.settings.SettingException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

    private static final Pattern TRACKER_VARIABLE = Pattern.compile("(POLLER_TRACKERS_\\d+_)(.+?)(_\\d+)?");

    private static final Set<String> TRACKER_SETTINGS = Arrays.stream(TrackerProperties.class.getRecordComponents())
            .map(setting -> setting.getName().replaceAll("(?=[A-Z])", "_").toUpperCase(Locale.ROOT))
            .collect(Collectors.toCollection(TreeSet::new));

    /** Spring binds a name with all its underscores or with none; a name with some of them is ignored. */
    private static final Set<String> WITHOUT_UNDERSCORES =
            TRACKER_SETTINGS.stream().map(name -> name.replace("_", "")).collect(Collectors.toUnmodifiableSet());

    public PollerProperties {
        Set<String> names = new HashSet<>();
        for (TrackerProperties tracker : trackers) {
            TrackerProperties.require(
                    names.add(tracker.name()), "Two trackers are named " + tracker.name() + ": give each its own name");
        }
        TrackerProperties.requireBetween(
                "POLLER_SESSION_TIMEOUT", sessionTimeout, Duration.ofSeconds(3), Duration.ofMinutes(5));
    }

    /** @throws IllegalArgumentException when no tracker has this name */
    TrackerProperties requireTracker(String name) {
        return trackers.stream()
                .filter(tracker -> tracker.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Expected the name of a configured tracker "
                        + trackers.stream().map(TrackerProperties::name).toList() + ", got \"" + name + '"'));
    }

    /**
     * Rejects environment variables that look like a tracker setting and are none. Spring would ignore them silently,
     * and the operator would run with the default.
     *
     * @throws SettingException names the first unknown variable
     */
    static void requireKnownVariables(Collection<String> variables) {
        variables.stream().sorted().map(TRACKER_VARIABLE::matcher).forEach(PollerProperties::requireKnown);
    }

    private static void requireKnown(Matcher variable) {
        if (variable.matches()
                && !TRACKER_SETTINGS.contains(variable.group(2))
                && !WITHOUT_UNDERSCORES.contains(variable.group(2))) {
            throw new SettingException(variable.group() + ": there is no such setting; expected after "
                    + variable.group(1) + " one of " + String.join(", ", TRACKER_SETTINGS));
        }
    }
}
