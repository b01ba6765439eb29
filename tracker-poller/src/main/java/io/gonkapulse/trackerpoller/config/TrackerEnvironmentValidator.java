package io.gonkapulse.trackerpoller.config;

import io.gonkapulse.servicekit.settings.SettingException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Rejects environment variables that look like a tracker setting and are none. Spring would ignore them silently, and
 * the operator would run with the default.
 */
public final class TrackerEnvironmentValidator {

    private static final Pattern TRACKER_VARIABLE = Pattern.compile("(POLLER_TRACKERS_\\d+_)(.+?)(_\\d+)?");

    private static final Set<String> KNOWN_SETTINGS = Arrays.stream(TrackerProperties.class.getRecordComponents())
            .map(setting -> setting.getName().replaceAll("(?=[A-Z])", "_").toUpperCase(Locale.ROOT))
            .collect(Collectors.toCollection(TreeSet::new));

    /** Spring binds a name with all its underscores or with none; a name with some of them is ignored. */
    private static final Set<String> WITHOUT_UNDERSCORES =
            KNOWN_SETTINGS.stream().map(name -> name.replace("_", "")).collect(Collectors.toUnmodifiableSet());

    private TrackerEnvironmentValidator() {}

    /**
     * Checks all variables of the environment.
     *
     * @throws SettingException names the first unknown variable
     */
    public static void requireKnown(Collection<String> variables) {
        variables.stream().sorted().map(TRACKER_VARIABLE::matcher).forEach(TrackerEnvironmentValidator::requireKnown);
    }

    private static void requireKnown(Matcher variable) {
        if (variable.matches() && !isKnown(variable.group(2))) {
            throw new SettingException(variable.group() + ": there is no such setting; expected after "
                    + variable.group(1) + " one of " + String.join(", ", KNOWN_SETTINGS));
        }
    }

    private static boolean isKnown(String name) {
        return KNOWN_SETTINGS.contains(name) || WITHOUT_UNDERSCORES.contains(name);
    }
}
