package io.gonkapulse.servicekit.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/** Builds what the driver reads. */
final class JdbcUrl {

    private JdbcUrl() {}

    static String of(String host, int port, String database) {
        String literal = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        return "jdbc:postgresql://" + literal + ":" + port + "/" + encoded(database);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
