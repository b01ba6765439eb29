package io.gonkapulse.migrations.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;

/** The servers that the schema is proven on. */
public enum ServerKind {
    NEWEST,
    FIFTEEN;

    /** Ends the test as not run, with the reason, where there is no such server. */
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
