package io.gonkapulse.migrations.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;

/** The PostgreSQL versions that the schema is tested on. */
public enum ServerKind {
    NEWEST,
    FIFTEEN;

    /** Skips the test with a reason if the server is not installed. */
    public PostgresServer server() {
        if (this == NEWEST) {
            return TestServers.embedded();
        }
        Optional<PostgresServer> server = TestServers.fifteen();
        assumeTrue(
                server.isPresent(),
                "no programs of PostgreSQL 15 on this machine: looked at -Dpostgres15.bin, PATH and the usual folders");
        return server.orElseThrow();
    }
}
