package io.gonkapulse.localservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(PER_CLASS)
@Tag("process")
class LocalDatabaseTest {

    private final Path home;
    private final LocalDatabase database;
    private final LocalSqlRunner sql;

    LocalDatabaseTest(@TempDir(factory = TempHomeFactory.class) Path home) {
        this.home = home;
        this.database = LocalDatabase.durable(home, 0);
        this.sql = new LocalSqlRunner(database);
    }

    @BeforeEach
    void startDatabase() {
        database.start();
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Test
    void keepsRowsAcrossRestart() throws SQLException {
        int port = database.port();
        sql.execute("create table kept as select 1 as id");

        database.stop();
        assertThatThrownBy(() -> sql.valueOf("select 1")).isInstanceOf(SQLException.class);
        database.start();

        assertThat(database.port()).isEqualTo(port);
        assertThat(sql.valueOf("select count(*) from kept")).isEqualTo("1");
    }

    @Test
    void durableServerSyncsEveryCommit() throws SQLException {
        assertThat(sql.valueOf("show fsync")).isEqualTo("on");
        assertThat(sql.valueOf("show synchronous_commit")).isEqualTo("on");
        assertThat(sql.valueOf("show full_page_writes")).isEqualTo("on");
    }

    @Test
    void fastServerSkipsSync() throws SQLException {
        database.stop();
        try (LocalDatabase fast = LocalDatabase.fast(home, 0).start()) {
            assertThat(new LocalSqlRunner(fast).valueOf("show fsync")).isEqualTo("off");
            assertThat(new LocalSqlRunner(fast).valueOf("show synchronous_commit"))
                    .isEqualTo("off");
        }
    }

    @Test
    void isPostgres18WithCodePointOrder() throws SQLException {
        assertThat(sql.valueOf("show server_version")).startsWith("18.");
        assertThat(sql.valueOf("select 'a' > 'B'")).isEqualTo("t");
        assertThat(sql.valueOf("select lower('Ä')")).isEqualTo("ä");
        assertThat(sql.valueOf("select reset_val from pg_settings where name = 'log_timezone'"))
                .isEqualTo("UTC");
    }

    @Test
    void stopLeavesNoProcess() throws Exception {
        ProcessHandle server = server();

        database.stop();

        assertThat(server.isAlive()).isFalse();
        assertThat(server.descendants()).isEmpty();
    }

    @Test
    void stopsDespiteOpenSession() throws Exception {
        ProcessHandle server = server();
        try (var session = DriverManager.getConnection(database.jdbcUrl("postgres"), LocalDatabase.USERNAME, "")) {
            database.stop();
            assertThat(session.isValid(1)).isFalse();
        }
        assertThat(server.isAlive()).isFalse();
    }

    @Test
    void startAndStopAreIdempotent() throws SQLException {
        database.start();
        assertThat(sql.valueOf("select 1")).isEqualTo("1");

        database.stop();
        database.stop();
    }

    @Test
    void createsDatabaseOnce() throws SQLException {
        database.createDatabaseIfMissing("with-a-dash");
        database.createDatabaseIfMissing("with-a-dash");

        assertThat(sql.valueOf("select count(*) from pg_database where datname = 'with-a-dash'"))
                .isEqualTo("1");
    }

    @Test
    void rejectsSecondStartOnSameDirectory() {
        try (LocalDatabase second = LocalDatabase.durable(home, 0)) {
            assertThatThrownBy(second::start)
                    .isInstanceOf(DirectoryRefusedException.class)
                    .hasMessageContaining(home.toString())
                    .hasMessageContaining("in use by this process");
        }
    }

    @Test
    void namesPortInUseAndRequester(@TempDir(factory = TempHomeFactory.class) Path another) {
        try (LocalDatabase second = LocalDatabase.durable(another, database.port())) {
            assertThatThrownBy(second::start)
                    .isInstanceOfSatisfying(
                            PortInUseException.class, e -> assertThat(e.port()).isEqualTo(database.port()))
                    .hasMessageContaining("Port " + database.port() + " is taken")
                    .hasMessageContaining("PostgreSQL");
        }
    }

    @Test
    void failedStartUnlocksDirectory(@TempDir(factory = TempHomeFactory.class) Path another) {
        try (LocalDatabase blocked = LocalDatabase.durable(another, database.port())) {
            assertThatThrownBy(blocked::start).isInstanceOf(PortInUseException.class);
            database.stop();
            blocked.start();
        }
    }

    @Test
    void rejectsDataOfOtherMajorVersion() throws IOException {
        database.stop();
        Path version = Files.writeString(home.resolve("data").resolve("PG_VERSION"), "15\n");

        assertThatThrownBy(database::start)
                .isInstanceOf(DirectoryRefusedException.class)
                .hasMessageContaining("Expected data of PostgreSQL 18")
                .hasMessageContaining("found version 15");

        Files.writeString(version, "18\n");
    }

    @Test
    void ignoresOtherProcessWithOldPid() throws Exception {
        database.stop();
        long thisProcess = ProcessHandle.current().pid();
        Files.writeString(home.resolve("data").resolve("postmaster.pid"), thisProcess + "\n");

        database.start();

        assertThat(sql.valueOf("select 1")).isEqualTo("1");
    }

    @Test
    void failedStartReportsServerLog() throws IOException {
        database.stop();
        Path configuration = home.resolve("data").resolve("postgresql.conf");
        String kept = Files.readString(configuration);
        Files.writeString(configuration, "no_such_setting = 1\n");

        assertThatThrownBy(database::start)
                .isInstanceOf(LocalServerFailedException.class)
                .hasMessageContaining("no_such_setting");

        Files.writeString(configuration, kept);
    }

    private ProcessHandle server() throws IOException {
        return PostmasterProcess.of(home.resolve("data")).orElseThrow().process();
    }
}
