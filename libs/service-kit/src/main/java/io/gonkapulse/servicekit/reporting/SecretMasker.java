package io.gonkapulse.servicekit.reporting;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Removes secrets from texts: known values, and what looks like a secret. */
final class SecretMasker {

    static final String MASK = "***";

    /** A shorter one is no secret, and would occur in other words. */
    private static final int MIN_LENGTH = 4;

    private static final String SECRET = "password|passwd|secret|token|credential|jaas|(?<![a-z])key(?![a-z])";

    private static final Pattern SECRET_NAME = Pattern.compile(SECRET, Pattern.CASE_INSENSITIVE);

    /** Settings that say where a secret is, not what it is. */
    private static final Pattern PLACE_NAME =
            Pattern.compile("(file|location|path|type|url)$", Pattern.CASE_INSENSITIVE);

    private static final Pattern URL_PASSWORD = Pattern.compile("://[^\\s/:@]*:([^\\s/]+)@");
    private static final Pattern URL_LOGIN = Pattern.compile("://[^\\s/@]+@");
    private static final Pattern ASSIGNMENT = Pattern.compile(
            "([\\w.-]{0,64}(?:" + SECRET + ")[\\w.-]{0,64}\\s?=\\s?)(\"[^\"]*\"|[^\\s&;]+)", Pattern.CASE_INSENSITIVE);

    /** Of the commands {@code keys}. */
    private static final Pattern API_KEY = Pattern.compile("gp_[\\w-]{20,}");

    private final Set<String> values = new LinkedHashSet<>();

    /** @param arguments of the program; those of the form {@code --name=value} may be secrets */
    SecretMasker(Map<String, String> environment, List<String> arguments) {
        environment.forEach(this::addSetting);
        for (String argument : arguments) {
            int end = argument.indexOf('=');
            if (end > 0) {
                addSetting(argument.substring(0, end), argument.substring(end + 1));
            }
        }
    }

    private void addSetting(String name, String value) {
        if (isSecret(name)) {
            addValue(value);
        }
        Matcher login = URL_PASSWORD.matcher(value);
        while (login.find()) {
            addValue(login.group(1));
        }
    }

    /** A value that no text may contain. */
    void addValue(String value) {
        if (value.length() >= MIN_LENGTH) {
            values.add(value);
        }
    }

    /** Whether a setting or an option of this name has a secret as its value. */
    static boolean isSecret(String name) {
        return SECRET_NAME.matcher(name).find() && !PLACE_NAME.matcher(name).find();
    }

    String mask(String text) {
        String masked = text;
        for (String value : values) {
            masked = masked.replace(value, MASK);
        }
        masked = URL_LOGIN.matcher(masked).replaceAll("://" + MASK + "@");
        masked = ASSIGNMENT.matcher(masked).replaceAll("$1" + MASK);
        return API_KEY.matcher(masked).replaceAll("gp_" + MASK);
    }
}
