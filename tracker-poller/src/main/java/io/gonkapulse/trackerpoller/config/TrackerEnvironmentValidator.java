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

/** Variables of the environment that are meant for a tracker. Those that it does not know would be passed over in silence. */
public final class TrackerEnvironmentValidator {

    private static final Pattern TRACKER_VARIABLE = Pattern.compile("(POLLER_TRACKERS_\\d+_)(.+?)(_\\d+)?");

    private static final Set<String> KNOWN_SETTINGS = Arrays.stream(TrackerProperties.class.getRecordComponents())
            .map(setting -> setting.getName().toUpperCase(Locale.ROOT))
            .collect(Collectors.toCollection(TreeSet::new));

    private TrackerEnvironmentValidator() {}

    /**
     * Refuses what no tracker has.
     *
     * @throws SettingException naming the first of them
     */
    public static void requireKnown(Collection<String> variables) {
        variables.stream().sorted().map(TRACKER_VARIABLE::matcher).forEach(TrackerEnvironmentValidator::requireKnown);
    }

    private static void requireKnown(Matcher variable) {
        if (variable.matches() && !KNOWN_SETTINGS.contains(variable.group(2).replace("_", ""))) {
            throw new SettingException(variable.group() + ": there is no such setting; expected after "
                    + variable.group(1) + " one of " + String.join(", ", KNOWN_SETTINGS));
        }
    }
}
