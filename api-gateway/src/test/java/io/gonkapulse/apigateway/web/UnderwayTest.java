package io.gonkapulse.apigateway.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UnderwayTest {

    private final ExecutorService askers = Executors.newCachedThreadPool();
    private final CountDownLatch held = new CountDownLatch(1);
    private final AtomicInteger loads = new AtomicInteger();
    private final Underway<String> underway = new Underway<>();

    @AfterEach
    void stop() {
        held.countDown();
        askers.shutdownNow();
    }

    @Test
    void aCrowdThatAsksTheSameIsAnsweredByOneWhoLoads() {
        CompletableFuture<String> first = beginTheHeld("a", "answer");
        List<CompletableFuture<String>> crowd =
                IntStream.range(0, 8).mapToObj(one -> begin("a", true)).toList();
        awaitAllAtWorkOrWaiting(9);

        held.countDown();

        assertThat(first.join()).isEqualTo("answer");
        assertThat(crowd).allSatisfy(one -> assertThat(one.join()).isIn("answer", "own"));
        assertThat(loads.get()).isLessThan(9);
    }

    @Test
    void nobodyWaitsForTheAnswerToSomethingElseHoweverAlikeItsHash() {
        CompletableFuture<String> first = beginTheHeld("a", "answer");

        assertThat(underway.answer(new Alike("b"), () -> "other", answer -> true))
                .isEqualTo("other");
        assertThat(first).isNotDone();
    }

    @Test
    void whoIsNotContentWithWhatWasBegunEarlierLoadsAnew() {
        CompletableFuture<String> first = beginTheHeld("a", "old");
        CompletableFuture<String> second = begin("a", false);
        awaitAllAtWorkOrWaiting(2);

        held.countDown();

        assertThat(first.join()).isEqualTo("old");
        assertThat(second.join()).isEqualTo("own");
    }

    @Test
    void aFailureIsNotKept() {
        assertThatThrownBy(() -> underway.answer(
                        new Alike("a"),
                        () -> {
                            throw new IllegalStateException("away");
                        },
                        answer -> true))
                .hasMessage("away");

        assertThat(underway.answer(new Alike("a"), () -> "back", answer -> true))
                .isEqualTo("back");
    }

    private CompletableFuture<String> beginTheHeld(String name, String answer) {
        CompletableFuture<String> begun = CompletableFuture.supplyAsync(
                () -> underway.answer(
                        new Alike(name),
                        () -> {
                            loads.incrementAndGet();
                            await().until(() -> held.getCount() == 0);
                            return answer;
                        },
                        other -> true),
                askers);
        await().until(() -> loads.get() == 1);
        return begun;
    }

    private CompletableFuture<String> begin(String name, boolean content) {
        return CompletableFuture.supplyAsync(
                () -> underway.answer(
                        new Alike(name),
                        () -> {
                            loads.incrementAndGet();
                            return "own";
                        },
                        other -> content),
                askers);
    }

    private void awaitAllAtWorkOrWaiting(int count) {
        await().until(() -> ((ThreadPoolExecutor) askers).getActiveCount() == count);
    }

    /** All of them in one place of a table. */
    private record Alike(String name) implements Question<String> {

        @Override
        public int hashCode() {
            return 1;
        }
    }
}
