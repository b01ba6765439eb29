package io.gonkapulse.migrations.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the real files in every build, and that each kind of problem is found. */
class MigrationFilesTest {

    private static final Path REAL = Path.of("src", "main", "resources", "db", "tracker");
    private static final int NEWEST = MigrationFiles.in(REAL).newestVersion();

    @TempDir
    private Path copy = Path.of("");

    @BeforeEach
    void copyRealFiles() throws IOException {
        for (String folder : List.of("migration", "undo")) {
            Files.createDirectories(copy.resolve(folder));
            for (String name : names(folder)) {
                Files.copy(
                        REAL.resolve(folder).resolve(name), copy.resolve(folder).resolve(name));
            }
        }
        Files.copy(REAL.resolve("landed.txt"), copy.resolve("landed.txt"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tracker", "audit"})
    void realFilesAreValid(String module) {
        MigrationFiles files = MigrationFiles.in(REAL.resolveSibling(module));

        assertThat(files.problems()).isEmpty();
        assertThat(files.checksums()).hasSize(2 * files.newestVersion());
    }

    @Test
    void findsMissingPair() throws IOException {
        Files.delete(copy.resolve("undo/U3__node_stats_cache.sql"));
        Files.delete(copy.resolve("migration/V4__earnings_history.sql"));

        assertThat(problems())
                .contains(
                        "V3__node_stats_cache.sql: expected its undo undo/U3__node_stats_cache.sql, found none",
                        "U4__earnings_history.sql: expected its migration migration/V4__earnings_history.sql, found none");
    }

    @Test
    void findsGapsAndDuplicates() throws IOException {
        pair(NEWEST + 2, "gap");
        pair(2, "again");

        assertThat(problems())
                .contains("V%d: expected V%d before it, found a gap".formatted(NEWEST + 2, NEWEST + 1))
                .contains("V2: expected one file, found [V2__again.sql, V2__nodes.sql]");
    }

    @Test
    void findsInvalidNames() throws IOException {
        Files.createFile(copy.resolve("migration/V11_one_underscore.sql"));
        Files.createFile(copy.resolve("migration/V012__leading_zero.sql"));
        Files.createFile(copy.resolve("undo/u11__lower.sql"));
        Files.createFile(copy.resolve("migration/readme.txt"));

        assertThat(problems())
                .contains(
                        "V11_one_underscore.sql: expected a name of the form V<number>__<lower_case_words>.sql",
                        "V012__leading_zero.sql: expected a name of the form V<number>__<lower_case_words>.sql",
                        "u11__lower.sql: expected a name of the form U<number>__<lower_case_words>.sql",
                        "readme.txt: expected a name of the form V<number>__<lower_case_words>.sql");
    }

    @Test
    void findsEditedLandedFiles() throws IOException {
        append("migration/V2__nodes.sql");
        append("undo/U9__ledger_health_trackers_views.sql");

        assertThat(problems())
                .hasSize(2)
                .allMatch(problem -> problem.contains("as it landed"))
                .anyMatch(problem -> problem.startsWith("migration/V2__nodes.sql: expected checksum"))
                .anyMatch(
                        problem -> problem.startsWith("undo/U9__ledger_health_trackers_views.sql: expected checksum"));
    }

    @Test
    void findsUnlistedFiles() throws IOException {
        int next = NEWEST + 1;
        pair(next, "new");

        assertThat(problems())
                .hasSize(2)
                .anyMatch(problem ->
                        problem.matches("landed.txt: expected the line [0-9a-f]{8} migration/V" + next + "__new.sql"))
                .anyMatch(problem ->
                        problem.matches("landed.txt: expected the line [0-9a-f]{8} undo/U" + next + "__new.sql"));
    }

    @Test
    void ignoresLineEndings() throws IOException {
        Path file = copy.resolve("migration/V2__nodes.sql");
        Files.writeString(file, Files.readString(file).replace("\n", "\r\n"));

        assertThat(problems()).isEmpty();
    }

    @Test
    void findsInvalidHeaders() throws IOException {
        Files.writeString(copy.resolve("migration/V11__a.sql"), "create index concurrently i on nodes (region);\n");
        Files.writeString(copy.resolve("undo/U11__a.sql"), """
                -- U11: undoes V11
                -- Locks: none
                -- Data: none
                -- Lock timeout: 5s
                -- Statement timeout: 5s
                -- Transaction: no
                drop index i;
                """);

        assertThat(problems())
                .contains(
                        "V11__a.sql: expected the first line to be -- V11: and its purpose",
                        "V11__a.sql: expected -- Way back: in its header",
                        "V11__a.sql: expected -- Transaction: no, because it builds or drops an index concurrently",
                        "U11__a.sql: expected -- Transaction: yes, because nothing in it needs to be outside of one");
    }

    @Test
    void writesNextNumberedPair() throws IOException {
        int next = NEWEST + 1;

        List<Path> written = MigrationFileWriter.write(MigrationFiles.in(copy), " Wallet-labels for Nodes ");

        assertThat(written)
                .containsExactly(
                        copy.resolve("migration/V" + next + "__wallet_labels_for_nodes.sql"),
                        copy.resolve("undo/U" + next + "__wallet_labels_for_nodes.sql"));
        assertThat(written.get(0))
                .content()
                .startsWith("-- V" + next + ": wallet labels for nodes\n")
                .contains("-- Way back: ");
        assertThat(problems()).hasSize(2).allMatch(problem -> problem.startsWith("landed.txt: expected the line "));
    }

    @Test
    void refusesNewPairWhileInvalid() throws IOException {
        Files.delete(copy.resolve("undo/U3__node_stats_cache.sql"));

        assertThatThrownBy(() -> MigrationFileWriter.write(MigrationFiles.in(copy), "more"))
                .hasMessageContaining("Fix these problems first");
        assertThatThrownBy(() -> MigrationFileWriter.write(MigrationFiles.in(REAL), "größer;"))
                .hasMessageContaining("NAME: expected words");
        assertThatThrownBy(() -> MigrationFiles.in(copy.resolve("undo"))).hasMessageContaining("--directory: expected");
    }

    private List<String> problems() {
        return MigrationFiles.in(copy).problems();
    }

    private void append(String file) throws IOException {
        Files.writeString(copy.resolve(file), Files.readString(copy.resolve(file)) + "-- one more word\n");
    }

    private void pair(int number, String name) throws IOException {
        for (String letter : List.of("V", "U")) {
            String folder = letter.equals("V") ? "migration" : "undo";
            Files.writeString(
                    copy.resolve(folder).resolve(letter + number + "__" + name + ".sql"),
                    "-- " + letter + number + ": test\n-- Locks: a\n-- Way back: b\n-- Data: c\n-- Lock timeout: 5s\n"
                            + "-- Statement timeout: 5s\n-- Transaction: yes\n");
        }
    }

    private static List<String> names(String folder) {
        return List.of(REAL.resolve(folder).toFile().list());
    }
}
