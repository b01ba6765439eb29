package io.gonkapulse.migrations.server;

import io.gonkapulse.localservers.LocalDatabase;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One server of each kind for all tests of a run; they end with it. */
public final class TestServers {

    /** Another process may run others of these tests beside this one, with servers of its own. */
    private static final Path HOME =
            Path.of("target", "postgres-" + ProcessHandle.current().pid());

    private static @Nullable PostgresServer embedded;
    private static Optional<PostgresServer> fifteen = Optional.empty();
    private static boolean searchedForFifteen;

    private TestServers() {}

    /** The newest PostgreSQL, which comes with the build. */
    public static synchronized PostgresServer embedded() {
        if (embedded == null) {
            Path home = HOME.resolve("embedded");
            LocalDatabase database = LocalDatabase.fast(home, 0).start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                database.stop();
                // Hundreds of databases of earlier runs would make the next one slow.
                InstalledPostgres.deleteAll(home);
            }));
            embedded = new PostgresServer(database.host(), database.port());
        }
        return embedded;
    }

    /** The oldest PostgreSQL that is supported, where the machine has its programs. */
    public static synchronized Optional<PostgresServer> fifteen() {
        if (!searchedForFifteen) {
            searchedForFifteen = true;
            fifteen = InstalledPostgres.find("15").map(programs -> programs.start(HOME.resolve("fifteen")));
        }
        return fifteen;
    }
}
