package io.gonkapulse.apigateway.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;

class QueryBatcherTest {

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final ConcurrentLinkedQueue<List<String>> statements = new ConcurrentLinkedQueue<>();
    private final CountDownLatch held = new CountDownLatch(1);

    @AfterEach
    void stop() {
        held.countDown();
        callers.shutdownNow();
    }

    @Test
    void runsSingleQueryAlone() {
        QueryBatcher<String, String> batcher = createBatcher(1, QueryBatcherTest::upperCase);

        assertThat(batcher.find("a")).contains("A");
        assertThat(batcher.find("b")).contains("B");
        assertThat(statements).containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void returnsEmptyForMissing() {
        assertThat(createBatcher(1, queries -> Map.of()).find("a")).isEmpty();
    }

    @Test
    void batchesCompatibleQueries() {
        QueryBatcher<String, String> batcher = createBatcher(1, this::blockIfHeld);
        CompletableFuture<Optional<String>> held = startQuery(batcher, "held");
        await().atMost(ONE_MINUTE).until(() -> statements.size() == 1);
        List<CompletableFuture<Optional<String>>> others = List.of("a1", "b1", "a2", "b2").stream()
                .map(query -> startQueryInOrder(batcher, query))
                .toList();

        this.held.countDown();

        assertThat(held.join()).contains("HELD");
        assertThat(others.stream().map(other -> other.join().orElseThrow())).containsExactly("A1", "B1", "A2", "B2");
        assertThat(statements).containsExactly(List.of("held"), List.of("a1", "a2"), List.of("b1", "b2"));
    }

    @Test
    void mergesEqualQueries() {
        QueryBatcher<String, String> batcher = createBatcher(1, this::blockIfHeld);
        CompletableFuture<Optional<String>> first = startQuery(batcher, "held");
        await().atMost(ONE_MINUTE).until(() -> statements.size() == 1);
        List<CompletableFuture<Optional<String>>> others = List.of("a1", "a2", "a1").stream()
                .map(query -> startQueryInOrder(batcher, query))
                .toList();

        held.countDown();

        assertThat(first.join()).contains("HELD");
        assertThat(others.stream().map(other -> other.join().orElseThrow())).containsExactly("A1", "A2", "A1");
        assertThat(statements).containsExactly(List.of("held"), List.of("a1", "a2"));
    }

    @Test
    void isolatesFailingQuery() {
        QueryBatcher<String, String> batcher = createFailingBatcher("bad", new IllegalArgumentException("bad"));
        QueryPair pair = runPairInOneBatch(batcher);

        assertThatThrownBy(pair.bad::join).hasRootCauseInstanceOf(IllegalArgumentException.class);
        assertThat(pair.beside.join()).contains("BESIDE");
        assertThat(batcher.find("after")).contains("AFTER");
    }

    @Test
    void sharesDatabaseFailure() {
        QueryBatcher<String, String> batcher = createFailingBatcher("bad", new QueryTimeoutException("too long"));
        QueryPair pair = runPairInOneBatch(batcher);

        assertThatThrownBy(pair.bad::join).hasRootCauseInstanceOf(QueryTimeoutException.class);
        assertThatThrownBy(pair.beside::join).hasRootCauseInstanceOf(QueryTimeoutException.class);
        assertThat(statements).containsExactly(List.of("held"), List.of("bad", "beside"));
        assertThat(batcher.find("after")).contains("AFTER");
    }

    @Test
    void releasesWaitersAfterError() {
        QueryBatcher<String, String> batcher = createBatcher(1, queries -> {
            blockIfHeld(queries);
            if (queries.contains("bad")) {
                throw new AssertionError("bad");
            }
            return upperCase(queries);
        });
        QueryPair pair = runPairInOneBatch(batcher);

        assertThatThrownBy(pair.bad::join).isInstanceOf(CompletionException.class);
        assertThatThrownBy(pair.beside::join).hasRootCauseInstanceOf(IllegalStateException.class);
        assertThat(batcher.find("after")).contains("AFTER");
        assertThat(statements).hasSize(3);
    }

    @Test
    void limitsConcurrentStatements() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger maxRunning = new AtomicInteger();
        QueryBatcher<String, String> batcher = createBatcher(2, queries -> {
            maxRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
            Map<String, String> results = upperCase(queries);
            running.decrementAndGet();
            return results;
        });
        List<CompletableFuture<Long>> all = IntStream.range(0, 16)
                .mapToObj(caller -> CompletableFuture.supplyAsync(() -> countWrongResults(batcher, caller), callers))
                .toList();

        assertThat(all.stream().mapToLong(CompletableFuture::join).sum()).isZero();
        assertThat(maxRunning.get()).isBetween(1, 2);
        assertThat(statements.stream().mapToInt(List::size).sum()).isLessThanOrEqualTo(16 * 2_000);
        assertThat(statements)
                .allSatisfy(
                        queries -> assertThat(queries).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(16))
                .anyMatch(queries -> queries.size() > 1);
    }

    private static long countWrongResults(QueryBatcher<String, String> batcher, int caller) {
        SplittableRandom random = new SplittableRandom(caller);
        return IntStream.range(0, 2_000)
                .mapToObj(number -> (random.nextBoolean() ? "a" : "b") + random.nextInt(50))
                .filter(query -> !batcher.find(query)
                        .equals(Optional.ofNullable(upperCase(List.of(query)).get(query))))
                .count();
    }

    /** Queries with the same first letter are compatible. */
    private QueryBatcher<String, String> createBatcher(
            int maxStatements, Function<List<String>, Map<String, String>> results) {
        return new QueryBatcher<>(maxStatements, (one, other) -> one.charAt(0) == other.charAt(0), queries -> {
            statements.add(queries);
            return results.apply(queries);
        });
    }

    private QueryBatcher<String, String> createFailingBatcher(String query, RuntimeException failure) {
        return createBatcher(1, queries -> {
            blockIfHeld(queries);
            if (queries.contains(query)) {
                throw failure;
            }
            return upperCase(queries);
        });
    }

    private Map<String, String> blockIfHeld(List<String> queries) {
        if (queries.contains("held")) {
            await().atMost(ONE_MINUTE).until(() -> held.getCount() == 0);
        }
        return upperCase(queries);
    }

    /** Queries that end with 7 have no result. */
    private static Map<String, String> upperCase(List<String> queries) {
        Map<String, String> results = new HashMap<>();
        queries.stream()
                .filter(query -> !query.endsWith("7"))
                .forEach(query -> results.put(query, query.toUpperCase(Locale.ROOT)));
        return results;
    }

    /** A failing query and another one in the same batch, which is the second statement. */
    private record QueryPair(CompletableFuture<Optional<String>> bad, CompletableFuture<Optional<String>> beside) {}

    private QueryPair runPairInOneBatch(QueryBatcher<String, String> batcher) {
        CompletableFuture<Optional<String>> first = startQuery(batcher, "held");
        await().atMost(ONE_MINUTE).until(() -> statements.size() == 1);
        QueryPair pair = new QueryPair(startQueryInOrder(batcher, "bad"), startQueryInOrder(batcher, "beside"));
        held.countDown();
        assertThat(first.join()).contains("HELD");
        return pair;
    }

    private CompletableFuture<Optional<String>> startQuery(QueryBatcher<String, String> batcher, String query) {
        return CompletableFuture.supplyAsync(() -> batcher.find(query), callers);
    }

    /** Starts a query that waits behind all earlier ones. */
    private CompletableFuture<Optional<String>> startQueryInOrder(QueryBatcher<String, String> batcher, String query) {
        int before = batcher.waiting();
        CompletableFuture<Optional<String>> started = startQuery(batcher, query);
        await().atMost(ONE_MINUTE).until(() -> batcher.waiting() == before + 1);
        return started;
    }
}
