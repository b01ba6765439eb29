package io.gonkapulse.migrations.program;

import io.gonkapulse.migrations.server.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A login that needs a password; the test servers trust all others. */
final class PasswordLogin {

    private PasswordLogin() {}

    static void create(PostgresServer server, String login, String password) {
        server.execute("drop role if exists " + login);
        server.execute("create role " + login + " login password '" + password + "'");
        Path file = Path.of(server.value("show hba_file"));
        try {
            String rules = Files.readString(file);
            String rule = "host all " + login + " 127.0.0.1/32 scram-sha-256\n";
            if (!rules.startsWith(rule)) {
                Files.writeString(file, rule + rules);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.execute("select pg_reload_conf()");
    }
}
