package io.gonkapulse.servicekit.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Parses {@code postgres://user:password@host:port/database?sslmode=…}, the URL form of
 * PostgreSQL's own programs.
 */
final class DatabaseUrlParser {

    private static final Pattern FORM = Pattern.compile(
            "postgres(?:ql)?://(?:(?<user>[^:@/]*)(?::(?<password>[^@/]*))?@)?"
                    + "(?<host>\\[[0-9a-fA-F:.]+]|[^:@/?\\[\\]]+)(?::(?<port>\\d{1,5}))?/(?<database>[^/?]+)(?:\\?(?<parameters>.*))?");

    /** Parameters with another name in the Java driver. */
    private static final Map<String, String> DRIVER_NAMES =
            Map.of("connect_timeout", "connectTimeout", "application_name", "ApplicationName");

    private DatabaseUrlParser() {}

    static DatabaseSettings parse(String url) {
        Matcher parts = FORM.matcher(url.strip());
        if (!parts.matches()) {
            throw new SettingException(
                    "DATABASE_URL: expected postgres://user:password@host:port/database?sslmode=…, got " + redact(url)
                            + " (in a password, write % as %25, @ as %40, / as %2F, : as %3A)");
        }
        int port = parts.group("port") == null ? 5432 : Integer.parseInt(parts.group("port"));
        if (port < 1 || port > 65_535) {
            throw new SettingException("DATABASE_URL: expected a port from 1 to 65535, got " + port);
        }
        String jdbc = DatabaseSettings.jdbcUrl(parts.group("host"), port, decode(parts.group("database")));
        @Nullable String parameters = parts.group("parameters");
        @Nullable String user = decodeOrNull(parts.group("user"));
        if (user == null || user.isEmpty()) {
            throw new SettingException(
                    "DATABASE_URL: expected a user, as in postgres://user:password@host:port/database, got "
                            + redact(url));
        }
        return new DatabaseSettings(
                parameters == null || parameters.isEmpty() ? jdbc : jdbc + "?" + driverParameters(parameters),
                user,
                decodeOrNull(parts.group("password")));
    }

    /** Removes everything between // and the last @, because a password may contain an unencoded @. */
    static String redact(String url) {
        if (!url.contains("://")) {
            return "a value without ://";
        }
        return url.replaceFirst("//.*@", "//…@").replaceAll("(?i)(password=)[^&]*", "$1…");
    }

    private static String driverParameters(String parameters) {
        return Arrays.stream(parameters.split("&"))
                .map(DatabaseUrlParser::driverParameter)
                .collect(Collectors.joining("&"));
    }

    private static String driverParameter(String parameter) {
        int equals = parameter.indexOf('=');
        if (equals < 1) {
            throw new SettingException("DATABASE_URL: expected name=value after the ?, got \"" + parameter + '"');
        }
        String name = parameter.substring(0, equals);
        if (name.equals("user") || name.equals("password")) {
            throw new SettingException("DATABASE_URL: expected " + name + " before the @, not after the ?");
        }
        return DRIVER_NAMES.getOrDefault(name, name) + parameter.substring(equals);
    }

    private static @Nullable String decodeOrNull(@Nullable String text) {
        return text == null ? null : decode(text);
    }

    private static String decode(String text) {
        try {
            // URLDecoder would turn + into a space, but + is literal in this form of URL.
            return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException e) {
            throw badEncoding();
        }
    }

    private static SettingException badEncoding() {
        return new SettingException(
                "DATABASE_URL: expected % only before two hexadecimal digits; write % itself as %25");
    }
}
