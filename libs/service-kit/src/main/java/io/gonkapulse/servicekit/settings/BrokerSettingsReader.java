package io.gonkapulse.servicekit.settings;

import java.util.Arrays;
import java.util.regex.Pattern;

/** Reads the broker's address: Spring's own property takes precedence over {@code KAFKA_BOOTSTRAP_SERVERS}. */
final class BrokerSettingsReader {

    static final String SPRING_SERVERS = "spring.kafka.bootstrap-servers";

    private static final String SERVERS = "KAFKA_BOOTSTRAP_SERVERS";
    /** A host name or bracketed IPv6 address, and a port. */
    private static final Pattern SERVER = Pattern.compile("(?:[^\\s:/\\[\\]]+|\\[[0-9a-fA-F:.]+]):\\d{1,5}");

    private final SettingSource source;

    BrokerSettingsReader(SettingSource source) {
        this.source = source;
    }

    String read() {
        return source.find(SPRING_SERVERS)
                .map(servers -> validate("SPRING_KAFKA_BOOTSTRAP_SERVERS", servers))
                .or(() -> source.find(SERVERS).map(servers -> validate(SERVERS, servers)))
                .orElseThrow(() ->
                        new SettingException(SERVERS + " is missing: set it to host:port, or several with commas"));
    }

    private static String validate(String name, String servers) {
        if (!Arrays.stream(servers.split(",", -1))
                .allMatch(server -> SERVER.matcher(server.strip()).matches())) {
            throw new SettingException(name + ": expected host:port, or several with commas, got \"" + servers + '"');
        }
        return servers;
    }
}
