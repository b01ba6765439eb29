package io.gonkapulse.migrations.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gonkapulse.migrations.server.PostgresDatabase;
import io.gonkapulse.migrations.server.ServerKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** A database as releases of the portal left it. */
final class PortalDatabase {

    private PortalDatabase() {}

    /**
     * Runs scripts of the portal in a new database.
     *
     * @param scripts names of one or more scripts, separated by commas
     */
    static PostgresDatabase create(ServerKind kind, String scripts) {
        PostgresDatabase database = kind.server().freshDatabase();
        for (String script : scripts.split(",", -1)) {
            database.execute(script(script));
        }
        return database;
    }

    static PostgresDatabase create(String scripts) {
        return create(ServerKind.NEWEST, scripts);
    }

    static String script(String name) {
        return resource("/minegnk/" + name + ".sql");
    }

    static String resource(String resource) {
        try (InputStream stream = Objects.requireNonNull(PortalDatabase.class.getResourceAsStream(resource))) {
            return new String(stream.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
