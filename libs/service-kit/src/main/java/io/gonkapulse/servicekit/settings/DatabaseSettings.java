package io.gonkapulse.servicekit.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import org.jspecify.annotations.Nullable;

/**
 * Address and login of a database.
 *
 * @param url JDBC form, without credentials
 * @param password null to connect without one; never printed
 */
public record DatabaseSettings(
        String url, @Nullable String username, @Nullable String password) {

    public static DatabaseSettings of(
            String host, int port, String database, String username, @Nullable String password) {
        return new DatabaseSettings(jdbcUrl(host, port, database), username, password);
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
    static String jdbcUrl(String host, int port, String database) {
        String literal = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        String encoded = URLEncoder.encode(database, UTF_8).replace("+", "%20");
        return "jdbc:postgresql://" + literal + ":" + port + "/" + encoded;
    }
}
