package io.gonkapulse.testkit.junit;

import io.gonkapulse.localservers.DisposableDirectory;
import io.gonkapulse.localservers.LocalDatabase;
import java.nio.file.Path;

/** A PostgreSQL server as a child process of this JVM, from binaries on the class path. */
record EmbeddedDatabase(DisposableDirectory directory, LocalDatabase database) implements DatabaseServer {

    /**
     * In the tested module's {@code target}: the next run reuses the unpacked programs, and {@code clean} deletes
     * them.
     */
    static final Path PARENT_DIRECTORY = Path.of("target", "testkit").toAbsolutePath();

    static EmbeddedDatabase create() {
        DisposableDirectory home = DisposableDirectory.createIn(PARENT_DIRECTORY, "database");
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
        directory.close();
    }
}
