package io.gonkapulse.migrations.server;

import io.gonkapulse.localservers.LocalDatabase;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One server per version for all tests of the JVM; they stop with it. */
public final class TestServers {

    /** Contains the process id: a parallel test JVM has its own servers. */
    private static final Path HOME =
            Path.of("target", "postgres-" + ProcessHandle.current().pid());

    private static @Nullable PostgresServer embedded;
    private static Optional<PostgresServer> fifteen = Optional.empty();
    private static boolean searchedForFifteen;

    private TestServers() {}

    /** The newest PostgreSQL, which is a dependency of the build. */
    public static synchronized PostgresServer embedded() {
        if (embedded == null) {
            Path home = HOME.resolve("embedded");
            LocalDatabase database = LocalDatabase.fast(home, 0).start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                database.stop();
                // Hundreds of leftover databases would slow down the next run.
                InstalledPostgres.deleteAll(home);
            }));
            embedded = new PostgresServer(database.host(), database.port());
        }
        return embedded;
    }

    /** The oldest supported PostgreSQL, if it is installed on this machine. */
    public static synchronized Optional<PostgresServer> fifteen() {
        if (!searchedForFifteen) {
            searchedForFifteen = true;
            fifteen = InstalledPostgres.find("15").map(programs -> programs.start(HOME.resolve("fifteen")));
        }
        return fifteen;
    }
}
