package io.gonkapulse.migrations.database;

import io.gonkapulse.servicekit.settings.DatabaseSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * Opens sessions for one schema, in UTC and with an application name that identifies them in {@code
 * pg_stat_activity}.
 */
public final class MigrationDatabase {

    /** Shown in {@code pg_stat_activity}; runbooks and tests search for it. */
    public static final String APPLICATION_NAME = "gonka-pulse migrations";

    /** Defaults of the server or role must not end a session that idles while the other one works. */
    private static final String CONFIGURE_SESSION = """
            set time zone 'UTC';
            set lock_timeout = '10s';
            set statement_timeout = '60s';
            set idle_in_transaction_session_timeout = 0;
            set idle_session_timeout = 0
            """;

    /**
     * Ends the session of a killed client soon, so that it does not hold its locks for hours. Not available on every
     * platform.
     */
    private static final String DETECT_DEAD_CLIENT = "set client_connection_check_interval = '2s'";

    private final DatabaseSettings settings;
    private final String schema;

    public MigrationDatabase(DatabaseSettings settings, String schema) {
        this.settings = settings;
        this.schema = schema;
    }

    /** Host, port and database without credentials, for messages. */
    public String location() {
        return settings.address();
    }

    public Connection open() throws SQLException {
        Connection connection = DriverManager.getConnection(settings.url(), driverProperties());
        try {
            connection.setSchema(schema);
            configureSession(connection);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static void configureSession(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(CONFIGURE_SESSION);
            try {
                statement.execute(DETECT_DEAD_CLIENT);
            } catch (SQLException e) {
                System.getLogger(MigrationDatabase.class.getName())
                        .log(System.Logger.Level.DEBUG, "This server cannot check for dead clients", e);
            }
        }
    }

    private Properties driverProperties() {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", APPLICATION_NAME);
        // Seconds. Without it, a host that drops packets would block one attempt longer than --wait.
        properties.setProperty("connectTimeout", "5");
        // A firewall may forget a connection on which a long statement sends nothing.
        properties.setProperty("tcpKeepAlive", "true");
        if (settings.username() != null) {
            properties.setProperty("user", settings.username());
        }
        if (settings.password() != null) {
            properties.setProperty("password", settings.password());
        }
        return properties;
    }
}
