package io.gonkapulse.servicekit.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/** Builds the URL for the JDBC driver. */
final class JdbcUrlBuilder {

    private JdbcUrlBuilder() {}

    static String build(String host, int port, String database) {
        String literal = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        return "jdbc:postgresql://" + literal + ":" + port + "/" + encode(database);
    }

    static String encode(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
