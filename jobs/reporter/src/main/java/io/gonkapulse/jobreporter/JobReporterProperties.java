package io.gonkapulse.jobreporter;

import io.gonkapulse.contracts.job.JobLimits;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where and how to report.
 *
 * @param kafka properties of the producer
 * @param url base URL of the recorder
 * @param key for the recorder; null if it needs none
 * @param source the name of the program or host in each event
 * @param bufferSize events that wait at most
 * @param lease how long a job counts as running without a sign of life
 * @param closeTimeout how long {@link JobReporter#close} may send
 */
public record JobReporterProperties(
        Transport transport,
        Map<String, String> kafka,
        @Nullable URI url,
        @Nullable String key,
        String source,
        int bufferSize,
        Duration lease,
        Duration closeTimeout) {

    public static final String BOOTSTRAP_SERVERS = "KAFKA_BOOTSTRAP_SERVERS";
    public static final String URL = "JOBS_URL";
    public static final String REPORT = "JOBS_REPORT";

    public static final int DEFAULT_BUFFER_SIZE = 10_000;
    public static final Duration DEFAULT_LEASE = Duration.ofSeconds(30);
    public static final Duration DEFAULT_CLOSE_TIMEOUT = Duration.ofSeconds(5);

    /** A short program has just begun to connect when it ends. */
    private static final Duration CLOSE_TIMEOUT_OF_PROGRAM = Duration.ofSeconds(30);

    private static final String KAFKA_PREFIX = "SPRING_KAFKA_";
    private static final String PROPERTIES_PREFIX = KAFKA_PREFIX + "PROPERTIES_";

    /** The names that our services read, by those of the Kafka client. */
    private static final Map<String, String> KAFKA_SETTINGS = Map.of(
            "security.protocol", KAFKA_PREFIX + "SECURITY_PROTOCOL",
            "ssl.truststore.location", KAFKA_PREFIX + "SSL_TRUST_STORE_LOCATION",
            "ssl.truststore.password", KAFKA_PREFIX + "SSL_TRUST_STORE_PASSWORD",
            "ssl.truststore.type", KAFKA_PREFIX + "SSL_TRUST_STORE_TYPE",
            "ssl.keystore.location", KAFKA_PREFIX + "SSL_KEY_STORE_LOCATION",
            "ssl.keystore.password", KAFKA_PREFIX + "SSL_KEY_STORE_PASSWORD",
            "ssl.keystore.type", KAFKA_PREFIX + "SSL_KEY_STORE_TYPE",
            "ssl.key.password", KAFKA_PREFIX + "SSL_KEY_PASSWORD");

    /** How events travel. */
    public enum Transport {
        OFF,
        KAFKA,
        HTTP;

        public static Transport ofWord(String word) {
            for (Transport transport : values()) {
                if (transport.name().toLowerCase(Locale.ROOT).equals(word)) {
                    return transport;
                }
            }
            throw new IllegalArgumentException("Expected kafka, http or off, got \"" + word + '"');
        }
    }

    public JobReporterProperties {
        kafka = Map.copyOf(kafka);
        // A name from outside, such as that of a host, must not make every event invalid.
        source = source.isBlank() ? "unknown" : JobLimits.truncate(StorableText.clean(source), JobLimits.MAX_ID_LENGTH);
        if (transport == Transport.KAFKA && !kafka.containsKey("bootstrap.servers")) {
            throw new IllegalArgumentException(
                    "Expected " + BOOTSTRAP_SERVERS + "=host:port to report jobs to Kafka, got none");
        }
        if (transport == Transport.HTTP && url == null) {
            throw new IllegalArgumentException(
                    "Expected " + URL + "=http://host:port to report jobs by HTTP, got none");
        }
        if (key != null && !key.matches("[\\x21-\\x7e]+")) {
            throw new IllegalArgumentException("Expected JOBS_KEY without spaces and special characters, got others");
        }
        if (lease.compareTo(JobLimits.MIN_LEASE) < 0 || lease.compareTo(JobLimits.MAX_LEASE) > 0) {
            throw new IllegalArgumentException("Expected a lease from 1 second to 7 days, got " + lease);
        }
    }

    /** Reads the settings; without {@link #REPORT} reporting is off. */
    public static JobReporterProperties fromEnvironment(Map<String, String> environment, String source) {
        return read(environment, source, transport(environment), DEFAULT_CLOSE_TIMEOUT);
    }

    /** The same for a program that does one thing and ends. */
    public static JobReporterProperties ofProgram(Map<String, String> environment, String source) {
        return ofProgram(environment, source, transport(environment));
    }

    /** Reads the settings except {@link #REPORT}. */
    public static JobReporterProperties ofProgram(Map<String, String> environment, String source, Transport transport) {
        return read(environment, source, transport, CLOSE_TIMEOUT_OF_PROGRAM);
    }

    private static JobReporterProperties read(
            Map<String, String> environment, String source, Transport transport, Duration defaultCloseTimeout) {
        return new JobReporterProperties(
                transport,
                kafkaProperties(environment),
                url(environment.getOrDefault(URL, "")),
                nonBlank(environment.get("JOBS_KEY")),
                source,
                DEFAULT_BUFFER_SIZE,
                duration(environment, "JOBS_LEASE", DEFAULT_LEASE),
                duration(environment, "JOBS_CLOSE_TIMEOUT", defaultCloseTimeout));
    }

    private static Transport transport(Map<String, String> environment) {
        String word = nonBlank(environment.get(REPORT));
        return word == null ? Transport.OFF : read(REPORT, () -> Transport.ofWord(word));
    }

    public JobReporterProperties withBufferSize(int events) {
        return new JobReporterProperties(transport, kafka, url, key, source, events, lease, closeTimeout);
    }

    public JobReporterProperties withLease(Duration time) {
        return new JobReporterProperties(transport, kafka, url, key, source, bufferSize, time, closeTimeout);
    }

    private static Map<String, String> kafkaProperties(Map<String, String> environment) {
        Map<String, String> properties = new HashMap<>();
        put(properties, "bootstrap.servers", environment.get(BOOTSTRAP_SERVERS));
        KAFKA_SETTINGS.forEach((property, setting) -> put(properties, property, environment.get(setting)));
        environment.forEach((name, value) -> {
            if (name.startsWith(PROPERTIES_PREFIX)) {
                String property = name.substring(PROPERTIES_PREFIX.length());
                properties.put(property.toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        return properties;
    }

    private static void put(Map<String, String> properties, String property, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            // Spring accepts URLs of files; the client of Kafka expects paths.
            properties.put(property, property.endsWith(".location") ? value.replaceFirst("^file:(//)?", "") : value);
        }
    }

    private static @Nullable String nonBlank(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static @Nullable URI url(String text) {
        if (text.isBlank()) {
            return null;
        }
        if (!text.matches("https?://[^\\s/?#@]+(/[^\\s?#]*)?")) {
            throw new IllegalArgumentException("Expected " + URL
                    + "=http://host:port or https://…, without a login; the key is the setting JOBS_KEY");
        }
        URI address = URI.create(text);
        if (address.getHost() == null) {
            throw new IllegalArgumentException(
                    "Expected " + URL + " with a host name of letters, digits, '-' and '.', got \"" + text + '"');
        }
        return address;
    }

    private static Duration duration(Map<String, String> environment, String setting, Duration defaultValue) {
        String text = environment.get(setting);
        return text == null || text.isBlank() ? defaultValue : read(setting, () -> TimeSpanParser.parse(text));
    }

    private static <T> T read(String setting, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(setting + ": " + e.getMessage(), e);
        }
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "JobReporterProperties[" + transport + ", " + kafka.get("bootstrap.servers") + ", " + url + ", " + source
                + "]";
    }
}
