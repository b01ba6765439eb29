package io.gonkapulse.quickstart.security;

import io.gonkapulse.localservers.LocalBroker;
import io.gonkapulse.localservers.LocalDatabase;
import io.gonkapulse.localservers.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterUserScramCredentialsResult;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * A database with password logins over TLS only, and a broker with listeners for passwords (SASL_SSL) and
 * certificates (SSL). Each login has the documented rights.
 */
final class SecuredServers implements AutoCloseable {

    /** The login with a certificate; the others have passwords. */
    static final String CERTIFICATE_LOGIN = "stats-writer";

    private static final List<String> PASSWORD_LOGINS =
            List.of("tracker-poller", "earnings-aggregator", "job-recorder", "operator");

    private static final String HBA_RULES = """
            host    all postgres 127.0.0.1/32 trust
            hostssl all all      127.0.0.1/32 scram-sha-256
            """;

    private final TestCertificate server;
    private final TestCertificate client;
    private final TestCertificate untrusted;
    private final LocalDatabase database;
    private final LocalBroker broker;

    SecuredServers(Path home) throws IOException, SQLException, InterruptedException {
        server = TestCertificate.createIn(home.resolve("server"), "ip:127.0.0.1");
        client = TestCertificate.createIn(home.resolve(CERTIFICATE_LOGIN), "dns:" + CERTIFICATE_LOGIN);
        untrusted = TestCertificate.createIn(home.resolve("stranger"), "ip:127.0.0.1");
        Path rules = Files.writeString(home.resolve("hba.conf"), HBA_RULES);
        database = LocalDatabase.fast(home.resolve("postgres"), 0)
                .withSettings(
                        "ssl=on",
                        "ssl_cert_file=" + server.certificate(),
                        "ssl_key_file=" + server.key(),
                        "hba_file=" + rules,
                        "password_encryption=scram-sha-256");
        broker = new LocalBroker(home.resolve("kafka"), 0)
                .withListener("SSL", certificateListener())
                .withListener("SASL_SSL", passwordListener());
        database.start();
        database.createDatabaseIfMissing(DatabaseLogins.DATABASE);
        executeAsAdministrator(DatabaseLogins.sql());
        broker.start();
        createBrokerLogins();
    }

    private Map<String, String> certificateListener() {
        return Map.of(
                "authorizer.class.name",
                "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "super.users",
                "User:ANONYMOUS",
                "ssl.keystore.location",
                server.keyStore().toString(),
                "ssl.keystore.password",
                TestCertificate.PASSWORD,
                "ssl.key.password",
                TestCertificate.PASSWORD,
                "ssl.truststore.location",
                client.trustStore().toString(),
                "ssl.truststore.password",
                TestCertificate.PASSWORD,
                "listener.name.ssl.ssl.client.auth",
                "required");
    }

    private static Map<String, String> passwordListener() {
        return Map.of(
                "sasl.enabled.mechanisms", "SCRAM-SHA-512",
                "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    }

    private void createBrokerLogins() throws IOException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            AlterUserScramCredentialsResult result = admin.alterUserScramCredentials(PASSWORD_LOGINS.stream()
                    .map(login -> new UserScramCredentialUpsertion(
                            login, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), brokerPassword(login)))
                    .map(upsertion -> (UserScramCredentialAlteration) upsertion)
                    .toList());
            result.all().get();
            admin.createAcls(DocumentedBrokerAcls.read(CERTIFICATE_LOGIN)).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Could not create the broker's logins", e);
        }
    }

    static String brokerPassword(String login) {
        return "unmistakable-kafka-" + login;
    }

    void executeAsAdministrator(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        database.jdbcUrl(DatabaseLogins.DATABASE), LocalDatabase.USERNAME, "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Connects directly, as with a stolen password. */
    Connection connect(String login) throws SQLException {
        return DriverManager.getConnection(
                database.jdbcUrl(DatabaseLogins.DATABASE) + "?sslmode=require", login, DatabaseLogins.password(login));
    }

    String databaseUrl(String login) {
        return databaseUrl(login, server);
    }

    /** Trusts another certificate authority. */
    String untrustingDatabaseUrl(String login) {
        return databaseUrl(login, untrusted);
    }

    private String databaseUrl(String login, TestCertificate trusted) {
        return "postgres://" + login + ":" + DatabaseLogins.encodedPassword(login) + "@127.0.0.1:" + database.port()
                + "/" + DatabaseLogins.DATABASE + "?sslmode=verify-full&sslrootcert=" + trusted.certificate();
    }

    /** Kafka settings of a service, by certificate or by password. */
    Map<String, String> brokerSettings(String login) {
        return login.equals(CERTIFICATE_LOGIN) ? certificateSettings() : passwordSettings(login, server);
    }

    /** Trusts another certificate authority. */
    Map<String, String> untrustingBrokerSettings(String login) {
        return passwordSettings(login, untrusted);
    }

    private Map<String, String> certificateSettings() {
        return Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                broker.bootstrapServers("SSL"),
                "SPRING_KAFKA_SECURITY_PROTOCOL",
                "SSL",
                "SPRING_KAFKA_SSL_TRUST_STORE_LOCATION",
                "file:" + server.trustStore(),
                "SPRING_KAFKA_SSL_TRUST_STORE_PASSWORD",
                TestCertificate.PASSWORD,
                "SPRING_KAFKA_SSL_KEY_STORE_LOCATION",
                "file:" + client.keyStore(),
                "SPRING_KAFKA_SSL_KEY_STORE_PASSWORD",
                TestCertificate.PASSWORD,
                "SPRING_KAFKA_SSL_KEY_PASSWORD",
                TestCertificate.PASSWORD);
    }

    private Map<String, String> passwordSettings(String login, TestCertificate trusted) {
        return Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                broker.bootstrapServers("SASL_SSL"),
                "SPRING_KAFKA_SECURITY_PROTOCOL",
                "SASL_SSL",
                "SPRING_KAFKA_SSL_TRUST_STORE_LOCATION",
                "file:" + trusted.trustStore(),
                "SPRING_KAFKA_SSL_TRUST_STORE_PASSWORD",
                TestCertificate.PASSWORD,
                "SPRING_KAFKA_PROPERTIES_SASL_MECHANISM",
                "SCRAM-SHA-512",
                "SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + login
                        + "\" password=\"" + brokerPassword(login) + "\";");
    }

    @Override
    public void close() {
        broker.close();
        database.close();
    }
}
