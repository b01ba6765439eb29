package io.gonkapulse.servicekit.reporting;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
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

    /** In a URL, a JAAS setting, JSON or a sentence. */
    private static final Pattern ASSIGNMENT = Pattern.compile(
            "(?<name>[\\w.-]{0,64}(?:" + SECRET + ")[\\w.-]{0,64})"
                    + "(?<equals>(?:\\\\?[\"'])?[ \\t]*[=:][ \\t]*)"
                    + "(?<value>\"(?:[^\"\\\\]++|\\\\.)*+\"|'[^']*'|[^\\s&;]+)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern QUOTE = Pattern.compile("^\\\\?[\"']|\\\\?[\"']$");
    private static final Pattern BEARER = Pattern.compile("\\b(Bearer[ \\t]+)[^\\s\"',;]+", Pattern.CASE_INSENSITIVE);

    /** Of the commands {@code keys}. */
    private static final Pattern API_KEY = Pattern.compile("gp_[\\w-]{20,}");

    /** The longest first: a shorter one may be its beginning. */
    private final SortedSet<String> values =
            new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

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
        addValuesIn(value);
    }

    /** Passwords within a setting or an argument, such as a URL. */
    void addValuesIn(String value) {
        Matcher login = URL_PASSWORD.matcher(value);
        while (login.find()) {
            addValue(login.group(1));
        }
        Matcher assignment = ASSIGNMENT.matcher(value);
        while (assignment.find()) {
            if (isSecret(assignment.group("name"))) {
                addValue(QUOTE.matcher(assignment.group("value")).replaceAll(""));
            }
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
        masked = BEARER.matcher(masked).replaceAll("$1" + MASK);
        masked = ASSIGNMENT.matcher(masked).replaceAll("${name}${equals}" + MASK);
        return API_KEY.matcher(masked).replaceAll("gp_" + MASK);
    }

    /** Masks the texts among the values. */
    Map<String, Object> mask(Map<String, ?> values) {
        Map<String, Object> masked = new LinkedHashMap<>(values);
        masked.replaceAll((name, value) -> value instanceof String text ? mask(text) : value);
        return masked;
    }
}
