package io.gonkapulse.servicekit.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Address and login of a database.
 *
 * @param url JDBC form, without credentials
 * @param password null to connect without one; never printed
 */
public record DatabaseSettings(
        String url, @Nullable String username, @Nullable String password) {

    /** User and password contain no literal @, : or /, so the parts are unambiguous. */
    private static final Pattern URL = Pattern.compile(
            "postgres(?:ql)?://(?:(?<user>[^:@/]*)(?::(?<password>[^@/]*))?@)?"
                    + "(?<host>\\[[0-9a-fA-F:.]+]|[^:@/?\\[\\]]+)(?::(?<port>\\d{1,5}))?/(?<database>[^/?]+)(?:\\?(?<parameters>.*))?");

    /** URL parameters with another name in the Java driver. */
    private static final Map<String, String> DRIVER_NAMES =
            Map.of("connect_timeout", "connectTimeout", "application_name", "ApplicationName");

    public static DatabaseSettings of(
            String host, int port, String database, String username, @Nullable String password) {
        return new DatabaseSettings(jdbcUrl(host, port, database), username, password);
    }

    /**
     * Parses {@code postgres://user:password@host:port/database?sslmode=…}, the URL form of PostgreSQL's own programs.
     *
     * @throws SettingException without the password in its message
     */
    static DatabaseSettings parse(String url) {
        Matcher parts = URL.matcher(url.strip());
        if (!parts.matches()) {
            throw new SettingException(
                    "DATABASE_URL: expected postgres://user:password@host:port/database?sslmode=…, got " + redact(url)
                            + " (in a password, write % as %25, @ as %40, / as %2F, : as %3A)");
        }
        int port = parts.group("port") == null ? 5432 : Integer.parseInt(parts.group("port"));
        if (port < 1 || port > 65_535) {
            throw new SettingException("DATABASE_URL: expected a port from 1 to 65535, got " + port);
        }
        String jdbc = jdbcUrl(parts.group("host"), port, decode(parts.group("database")));
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
                .map(DatabaseSettings::driverParameter)
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
            // Without the cause: it would show the password.
            throw new SettingException(
                    "DATABASE_URL: expected % only before two hexadecimal digits; write % itself as %25");
        }
    }

    /** Host, port and database, for messages; contains no secret. */
    public String address() {
        return url.replaceFirst("^jdbc:postgresql://", "").replaceFirst("\\?.*$", "");
    }

    @Override
    public String toString() {
        return (username == null ? "" : username + "@") + address();
    }

    /** Builds the URL for the JDBC driver, without parameters. */
    private static String jdbcUrl(String host, int port, String database) {
        String literal = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        String encoded = URLEncoder.encode(database, UTF_8).replace("+", "%20");
        return "jdbc:postgresql://" + literal + ":" + port + "/" + encoded;
    }
}
