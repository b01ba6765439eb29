package io.gonkapulse.quickstart.security;

import io.gonkapulse.testkit.local.LocalBroker;
import io.gonkapulse.testkit.local.LocalDatabase;
import io.gonkapulse.testkit.local.TestIdentity;
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
 * A database that lets logins in by password over TLS only, and a broker with two doors, by password (SASL_SSL) and by
 * certificate (SSL), where each login may do what the documents tell operators to allow.
 */
final class SecuredServers implements AutoCloseable {

    /** Comes with a certificate, the others with a password. */
    static final String CERTIFIED = "stats-writer";

    private static final List<String> WITH_PASSWORD = List.of("tracker-poller", "earnings-aggregator", "operator");

    private static final String WHO_IS_LET_IN = """
            host    all postgres 127.0.0.1/32 trust
            hostssl all all      127.0.0.1/32 scram-sha-256
            """;

    private final TestIdentity server;
    private final TestIdentity client;
    private final TestIdentity stranger;
    private final LocalDatabase database;
    private final LocalBroker broker;

    SecuredServers(Path home) throws IOException, SQLException, InterruptedException {
        server = TestIdentity.in(home.resolve("server"), "ip:127.0.0.1");
        client = TestIdentity.in(home.resolve(CERTIFIED), "dns:" + CERTIFIED);
        stranger = TestIdentity.in(home.resolve("stranger"), "ip:127.0.0.1");
        Path letIn = Files.writeString(home.resolve("hba.conf"), WHO_IS_LET_IN);
        database = LocalDatabase.fast(home.resolve("postgres"), 0)
                .with(
                        "ssl=on",
                        "ssl_cert_file=" + server.certificate(),
                        "ssl_key_file=" + server.key(),
                        "hba_file=" + letIn,
                        "password_encryption=scram-sha-256");
        broker = new LocalBroker(home.resolve("kafka"), 0)
                .withDoor("SSL", byCertificate())
                .withDoor("SASL_SSL", byPassword());
        database.start();
        database.createDatabaseUnlessThere(Logins.DATABASE);
        asAdministrator(Logins.sql());
        broker.start();
        letLoginsIn();
    }

    private Map<String, String> byCertificate() {
        return Map.of(
                "authorizer.class.name",
                "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "super.users",
                "User:ANONYMOUS",
                "ssl.keystore.location",
                server.keyStore().toString(),
                "ssl.keystore.password",
                TestIdentity.PASSWORD,
                "ssl.key.password",
                TestIdentity.PASSWORD,
                "ssl.truststore.location",
                client.trustStore().toString(),
                "ssl.truststore.password",
                TestIdentity.PASSWORD,
                "listener.name.ssl.ssl.client.auth",
                "required");
    }

    private static Map<String, String> byPassword() {
        return Map.of(
                "sasl.enabled.mechanisms", "SCRAM-SHA-512",
                "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    }

    private void letLoginsIn() throws IOException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            AlterUserScramCredentialsResult made = admin.alterUserScramCredentials(WITH_PASSWORD.stream()
                    .map(login -> new UserScramCredentialUpsertion(
                            login, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), brokerPassword(login)))
                    .map(upsertion -> (UserScramCredentialAlteration) upsertion)
                    .toList());
            made.all().get();
            admin.createAcls(BrokerRights.documented(CERTIFIED)).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The broker did not take the logins", e);
        }
    }

    static String brokerPassword(String login) {
        return "unmistakable-kafka-" + login;
    }

    void asAdministrator(String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(Logins.DATABASE), LocalDatabase.USERNAME, "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A session of a login, as a stolen password would open it: nothing of the service stands in between. */
    Connection session(String login) throws SQLException {
        return DriverManager.getConnection(
                database.jdbcUrl(Logins.DATABASE) + "?sslmode=require", login, Logins.password(login));
    }

    String databaseUrl(String login) {
        return databaseUrl(login, server);
    }

    /** Trusts somebody else. */
    String deceivedDatabaseUrl(String login) {
        return databaseUrl(login, stranger);
    }

    private String databaseUrl(String login, TestIdentity trusted) {
        return "postgres://" + login + ":" + Logins.encodedPassword(login) + "@127.0.0.1:" + database.port() + "/"
                + Logins.DATABASE + "?sslmode=verify-full&sslrootcert=" + trusted.certificate();
    }

    /** The settings by which a service reaches the broker, by certificate or by password. */
    Map<String, String> brokerSettings(String login) {
        return login.equals(CERTIFIED) ? certifiedSettings() : passwordSettings(login, server);
    }

    /** Trusts somebody else. */
    Map<String, String> deceivedBrokerSettings(String login) {
        return passwordSettings(login, stranger);
    }

    private Map<String, String> certifiedSettings() {
        return Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                broker.bootstrapServers("SSL"),
                "SPRING_KAFKA_SECURITY_PROTOCOL",
                "SSL",
                "SPRING_KAFKA_SSL_TRUST_STORE_LOCATION",
                "file:" + server.trustStore(),
                "SPRING_KAFKA_SSL_TRUST_STORE_PASSWORD",
                TestIdentity.PASSWORD,
                "SPRING_KAFKA_SSL_KEY_STORE_LOCATION",
                "file:" + client.keyStore(),
                "SPRING_KAFKA_SSL_KEY_STORE_PASSWORD",
                TestIdentity.PASSWORD,
                "SPRING_KAFKA_SSL_KEY_PASSWORD",
                TestIdentity.PASSWORD);
    }

    private Map<String, String> passwordSettings(String login, TestIdentity trusted) {
        return Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                broker.bootstrapServers("SASL_SSL"),
                "SPRING_KAFKA_SECURITY_PROTOCOL",
                "SASL_SSL",
                "SPRING_KAFKA_SSL_TRUST_STORE_LOCATION",
                "file:" + trusted.trustStore(),
                "SPRING_KAFKA_SSL_TRUST_STORE_PASSWORD",
                TestIdentity.PASSWORD,
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
