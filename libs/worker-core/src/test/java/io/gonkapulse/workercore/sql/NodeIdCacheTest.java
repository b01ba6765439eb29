package io.gonkapulse.workercore.sql;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.testkit.junit.BlockingSession;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import io.gonkapulse.testkit.messages.TestMessages;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@RealInfrastructure
class NodeIdCacheTest {

    private static final NodeIdentifier FIRST = TestMessages.node(1);
    private static final NodeIdentifier SECOND = TestMessages.node(2);
    private static final NodeIdentifier THIRD = TestMessages.node(3);

    private final TestDatabase database;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;
    private final NodeIdCache cache = new NodeIdCache();

    NodeIdCacheTest(TestDatabase database) {
        this.database = database;
        jdbc = new JdbcTemplate(database.dataSource());
        transactions = new TransactionTemplate(new DataSourceTransactionManager(requireNonNull(jdbc.getDataSource())));
    }

    @BeforeAll
    static void createTables(TestDatabase database) {
        TestSchema.create(database);
    }

    @BeforeEach
    void clear() {
        jdbc.execute("truncate nodes cascade");
    }

    @Test
    void createsMissingNodesInOrder() {
        UUID second = insert(SECOND.value());

        List<UUID> ids = findOrCreate(cache, THIRD, SECOND, FIRST);

        assertThat(ids).hasSize(3).doesNotHaveDuplicates().containsSubsequence(second);
        assertThat(ids.get(1)).isEqualTo(second);
        assertThat(jdbc.queryForList("select identifier_type from nodes", String.class))
                .containsExactly("wallet", "wallet", "wallet");
    }

    @Test
    void prefersLowerCaseThenOldestSpelling() {
        insert(FIRST.value().toUpperCase(Locale.ROOT));
        UUID lower = insert(FIRST.value());
        UUID older = insert(SECOND.value().toUpperCase(Locale.ROOT));
        insert("GONKA" + SECOND.value().substring(5));

        assertThat(findOrCreate(cache, FIRST, SECOND)).containsExactly(lower, older);
    }

    @Test
    void cachesNothingAfterRollback() {
        List<UUID> rolledBack = requireNonNull(transactions.execute(status -> {
            status.setRollbackOnly();
            return queryIds(cache, FIRST);
        }));

        assertThat(findOrCreate(cache, FIRST)).isNotEqualTo(rolledBack);
        assertThat(jdbc.queryForList("select id from nodes", UUID.class)).isEqualTo(findOrCreate(cache, FIRST));
    }

    @Test
    void overflowKeepsIdsOfRunningCall() {
        NodeIdCache small = new NodeIdCache(Runnable::run, 2);
        List<UUID> before = findOrCreate(small, FIRST, SECOND);

        assertThat(findOrCreate(small, FIRST, THIRD)).hasSize(2).startsWith(before.get(0));
    }

    @Test
    void evictsAllBeyondMaxEntries() {
        NodeIdCache small = new NodeIdCache(Runnable::run, 2);
        findOrCreate(small, FIRST, SECOND);
        jdbc.update("delete from nodes");

        assertThat(findOrCreate(small, THIRD)).hasSize(1);

        assertThat(findOrCreate(small, FIRST))
                .isEqualTo(jdbc.queryForList("select id from nodes where identifier = ?", UUID.class, FIRST.value()));
    }

    @Test
    void forgetsOnlyGivenNodes() {
        List<UUID> before = findOrCreate(cache, FIRST, SECOND);
        jdbc.update("delete from nodes");

        cache.forget(List.of(FIRST));

        assertThat(findOrCreate(cache, FIRST, SECOND).get(0)).isNotEqualTo(before.get(0));
        assertThat(findOrCreate(cache, FIRST, SECOND).get(1)).isEqualTo(before.get(1));
    }

    @Test
    void findsNodeCreatedByAnotherTransaction() throws Exception {
        try (Connection other = database.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.executeUpdate(
                    "insert into nodes (identifier, identifier_type) values ('" + FIRST + "', 'wallet')");
            CompletableFuture<List<UUID>> ids = new CompletableFuture<>();
            new Thread(() -> ids.complete(findOrCreate(cache, FIRST, SECOND)), "find").start();
            await().atMost(ONE_MINUTE).until(new BlockingSession(database, other)::isBlocking);

            other.commit();

            assertThat(ids.get(30, TimeUnit.SECONDS)).isEqualTo(findOrCreate(cache, FIRST, SECOND));
        }
    }

    @Test
    void retriesBatchOfDeletedNode() {
        DataIntegrityViolationException deleted =
                new DataIntegrityViolationException("", new SQLException("deleted", "23503"));
        DataIntegrityViolationException invalid =
                new DataIntegrityViolationException("", new SQLException("invalid", "23514"));
        List<UUID> before = findOrCreate(cache, FIRST);
        jdbc.update("delete from nodes");

        assertThat(cache.translate(invalid)).isSameAs(invalid);
        assertThat(findOrCreate(cache, FIRST)).isEqualTo(before);
        assertThat(cache.translate(deleted))
                .isInstanceOf(ConcurrencyFailureException.class)
                .hasNoCause();
        assertThat(findOrCreate(cache, FIRST)).isNotEqualTo(before);
    }

    private UUID insert(String identifier) {
        return requireNonNull(jdbc.queryForObject(
                "insert into nodes (identifier, identifier_type) values (?, 'wallet') returning id",
                UUID.class,
                identifier));
    }

    private List<UUID> findOrCreate(NodeIdCache ids, NodeIdentifier... nodes) {
        return requireNonNull(transactions.execute(status -> queryIds(ids, nodes)));
    }

    private List<UUID> queryIds(NodeIdCache ids, NodeIdentifier... nodes) {
        return requireNonNull(jdbc.execute(
                (ConnectionCallback<List<UUID>>) connection -> ids.findOrCreate(connection, List.of(nodes))));
    }
}
