package io.gonkapulse.testkit.junit;

import io.gonkapulse.testkit.local.DisposableHome;
import io.gonkapulse.testkit.local.LocalDatabase;
import java.nio.file.Path;

/** A database server beside this JVM, from the binaries that the build brings. */
record EmbeddedDatabase(DisposableHome home, LocalDatabase database) implements DatabaseServer {

    /** In the module that is tested, so that its next build finds the unpacked programs and {@code clean} takes all. */
    static final Path HOMES = Path.of("target", "testkit").toAbsolutePath();

    static EmbeddedDatabase create() {
        DisposableHome home = DisposableHome.in(HOMES, "database");
        return new EmbeddedDatabase(home, LocalDatabase.fast(home.path(), 0));
    }

    @Override
    public String host() {
        return database.host();
    }

    @Override
    public int port() {
        return database.port();
    }

    @Override
    public String username() {
        return LocalDatabase.USERNAME;
    }

    @Override
    public String password() {
        return "";
    }

    @Override
    public void start() {
        database.start();
    }

    @Override
    public void stop() {
        database.stop();
    }

    @Override
    public void close() {
        database.close();
        home.close();
    }
}
