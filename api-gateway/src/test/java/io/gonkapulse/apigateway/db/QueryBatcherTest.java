package io.gonkapulse.apigateway.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

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
        QueryBatcher<String, String> lookUps = createBatcher(1, QueryBatcherTest::upperCase);

        assertThat(lookUps.find("a")).contains("A");
        assertThat(lookUps.find("b")).contains("B");
        assertThat(statements).containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void returnsEmptyForMissing() {
        assertThat(createBatcher(1, asked -> Map.of()).find("a")).isEmpty();
    }

    @Test
    void batchesCompatibleQueries() {
        QueryBatcher<String, String> lookUps = createBatcher(1, this::blockIfHeld);
        CompletableFuture<Optional<String>> held = startQuery(lookUps, "held");
        await().until(() -> statements.size() == 1);
        List<CompletableFuture<Optional<String>>> others = List.of("a1", "b1", "a2", "b2").stream()
                .map(question -> startQueryInOrder(lookUps, question))
                .toList();

        this.held.countDown();

        assertThat(held.join()).contains("HELD");
        assertThat(others.stream().map(other -> other.join().orElseThrow())).containsExactly("A1", "B1", "A2", "B2");
        assertThat(statements).containsExactly(List.of("held"), List.of("a1", "a2"), List.of("b1", "b2"));
    }

    @Test
    void mergesEqualQueries() {
        QueryBatcher<String, String> lookUps = createBatcher(1, this::blockIfHeld);
        CompletableFuture<Optional<String>> first = startQuery(lookUps, "held");
        await().until(() -> statements.size() == 1);
        List<CompletableFuture<Optional<String>>> others = List.of("a1", "a2", "a1").stream()
                .map(question -> startQueryInOrder(lookUps, question))
                .toList();

        held.countDown();

        assertThat(first.join()).contains("HELD");
        assertThat(others.stream().map(other -> other.join().orElseThrow())).containsExactly("A1", "A2", "A1");
        assertThat(statements).containsExactly(List.of("held"), List.of("a1", "a2"));
    }

    @Test
    void isolatesFailingQuery() {
        QueryBatcher<String, String> lookUps = createFailingBatcher("bad", new IllegalArgumentException("bad"));
        QueryPair pair = runPairInOneBatch(lookUps);

        assertThatThrownBy(pair.bad::join).hasRootCauseInstanceOf(IllegalArgumentException.class);
        assertThat(pair.beside.join()).contains("BESIDE");
        assertThat(lookUps.find("after")).contains("AFTER");
    }

    @Test
    void sharesDatabaseFailure() {
        QueryBatcher<String, String> lookUps = createFailingBatcher("bad", new QueryTimeoutException("too long"));
        QueryPair pair = runPairInOneBatch(lookUps);

        assertThatThrownBy(pair.bad::join).hasRootCauseInstanceOf(QueryTimeoutException.class);
        assertThatThrownBy(pair.beside::join).hasRootCauseInstanceOf(QueryTimeoutException.class);
        assertThat(statements).containsExactly(List.of("held"), List.of("bad", "beside"));
        assertThat(lookUps.find("after")).contains("AFTER");
    }

    @Test
    void releasesWaitersAfterError() {
        QueryBatcher<String, String> lookUps = createBatcher(1, asked -> {
            blockIfHeld(asked);
            if (asked.contains("bad")) {
                throw new AssertionError("bad");
            }
            return upperCase(asked);
        });
        QueryPair pair = runPairInOneBatch(lookUps);

        assertThatThrownBy(pair.bad::join).isInstanceOf(CompletionException.class);
        assertThatThrownBy(pair.beside::join).hasRootCauseInstanceOf(IllegalStateException.class);
        assertThat(lookUps.find("after")).contains("AFTER");
        assertThat(statements).hasSize(3);
    }

    @Test
    void limitsConcurrentStatements() {
        AtomicInteger underway = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        QueryBatcher<String, String> lookUps = createBatcher(2, asked -> {
            most.accumulateAndGet(underway.incrementAndGet(), Math::max);
            Map<String, String> answers = upperCase(asked);
            underway.decrementAndGet();
            return answers;
        });
        List<CompletableFuture<Long>> all = IntStream.range(0, 16)
                .mapToObj(asker -> CompletableFuture.supplyAsync(() -> countWrongResults(lookUps, asker), callers))
                .toList();

        assertThat(all.stream().mapToLong(CompletableFuture::join).sum()).isZero();
        assertThat(most.get()).isBetween(1, 2);
        assertThat(statements.stream().mapToInt(List::size).sum()).isLessThanOrEqualTo(16 * 2_000);
        assertThat(statements)
                .allSatisfy(asked -> assertThat(asked).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(16))
                .anyMatch(asked -> asked.size() > 1);
    }

    private static long countWrongResults(QueryBatcher<String, String> lookUps, int asker) {
        SplittableRandom random = new SplittableRandom(asker);
        return IntStream.range(0, 2_000)
                .mapToObj(number -> (random.nextBoolean() ? "a" : "b") + random.nextInt(50))
                .filter(question -> !lookUps.find(question)
                        .equals(Optional.ofNullable(upperCase(List.of(question)).get(question))))
                .count();
    }

    /** Those with the same first letter can be asked for in one statement. */
    private QueryBatcher<String, String> createBatcher(
            int maxStatements, Function<List<String>, Map<String, String>> answers) {
        return new QueryBatcher<>(maxStatements, (one, other) -> one.charAt(0) == other.charAt(0), asked -> {
            statements.add(asked);
            return answers.apply(asked);
        });
    }

    private QueryBatcher<String, String> createFailingBatcher(String question, RuntimeException failure) {
        return createBatcher(1, asked -> {
            blockIfHeld(asked);
            if (asked.contains(question)) {
                throw failure;
            }
            return upperCase(asked);
        });
    }

    private Map<String, String> blockIfHeld(List<String> asked) {
        if (asked.contains("held")) {
            await().until(() -> held.getCount() == 0);
        }
        return upperCase(asked);
    }

    /** What ends with a 7 is not there. */
    private static Map<String, String> upperCase(List<String> asked) {
        Map<String, String> answers = new HashMap<>();
        asked.stream()
                .filter(question -> !question.endsWith("7"))
                .forEach(question -> answers.put(question, question.toUpperCase(Locale.ROOT)));
        return answers;
    }

    /** A question that fails and one that need not, in one statement, which is the second one. */
    private record QueryPair(CompletableFuture<Optional<String>> bad, CompletableFuture<Optional<String>> beside) {}

    private QueryPair runPairInOneBatch(QueryBatcher<String, String> lookUps) {
        CompletableFuture<Optional<String>> first = startQuery(lookUps, "held");
        await().until(() -> statements.size() == 1);
        QueryPair pair = new QueryPair(startQueryInOrder(lookUps, "bad"), startQueryInOrder(lookUps, "beside"));
        held.countDown();
        assertThat(first.join()).contains("HELD");
        return pair;
    }

    private CompletableFuture<Optional<String>> startQuery(QueryBatcher<String, String> lookUps, String question) {
        return CompletableFuture.supplyAsync(() -> lookUps.find(question), callers);
    }

    /** In the order in which they are begun. */
    private CompletableFuture<Optional<String>> startQueryInOrder(
            QueryBatcher<String, String> lookUps, String question) {
        int before = lookUps.waiting();
        CompletableFuture<Optional<String>> asked = startQuery(lookUps, question);
        await().until(() -> lookUps.waiting() == before + 1);
        return asked;
    }
}
