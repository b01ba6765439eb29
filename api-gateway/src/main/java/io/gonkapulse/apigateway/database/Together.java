package io.gonkapulse.apigateway.database;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * Look-ups of single things. Whoever comes while enough statements are under way waits, and is answered by the next one
 * together with all others who wait: nobody waits for others to come, and a crowd costs a few round trips instead of one each.
 */
public final class Together<Q, A> {

    public static final int MOST_IN_A_STATEMENT = 16;

    private final int mostStatements;
    private final BiPredicate<Q, Q> alike;
    private final Function<List<Q>, Map<Q, A>> statement;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Asked<Q, A>> waiting = new ArrayDeque<>();
    private int underway;

    /**
     * Merges look-ups.
     *
     * @param mostStatements at the same time
     * @param alike whether one statement can answer both
     * @param statement finds what there is; what it leaves out is not there. Equal questions are one of its questions
     */
    public Together(int mostStatements, BiPredicate<Q, Q> alike, Function<List<Q>, Map<Q, A>> statement) {
        this.mostStatements = mostStatements;
        this.alike = alike;
        this.statement = statement;
    }

    /** Fails if the database does; what is wrong with another question of the same statement does no harm. */
    public Optional<A> ask(Q question) {
        Asked<Q, A> mine = new Asked<>(question);
        if (mayBegin(mine) || mine.begins.join()) {
            answer(mine);
        }
        return mine.answer();
    }

    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    private boolean mayBegin(Asked<Q, A> mine) {
        lock.lock();
        try {
            if (underway < mostStatements) {
                underway++;
                return true;
            }
            waiting.add(mine);
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void answer(Asked<Q, A> first) {
        List<Asked<Q, A>> all = withThoseWhoWait(first);
        try {
            answer(all);
        } finally {
            handOver();
            all.forEach(one -> one.begins.complete(false));
        }
    }

    private void answer(List<Asked<Q, A>> all) {
        try {
            Map<Q, A> answers = statement.apply(
                    all.stream().map(one -> one.question).distinct().toList());
            all.forEach(one -> one.answers = answers);
        } catch (RuntimeException e) {
            if (all.size() == 1 || e instanceof DataAccessException) {
                all.forEach(one -> one.failure = e);
            } else {
                all.forEach(one -> answer(List.of(one)));
            }
        }
    }

    private List<Asked<Q, A>> withThoseWhoWait(Asked<Q, A> first) {
        List<Asked<Q, A>> all = new ArrayList<>();
        all.add(first);
        lock.lock();
        try {
            Iterator<Asked<Q, A>> others = waiting.iterator();
            while (others.hasNext() && all.size() < MOST_IN_A_STATEMENT) {
                Asked<Q, A> other = others.next();
                if (alike.test(first.question, other.question)) {
                    all.add(other);
                    others.remove();
                }
            }
        } finally {
            lock.unlock();
        }
        return all;
    }

    /** Who has waited longest begins the next statement, on their own thread. */
    private void handOver() {
        lock.lock();
        try {
            Asked<Q, A> next = waiting.poll();
            if (next == null) {
                underway--;
            } else {
                next.begins.complete(true);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Who waits goes on to begin the next statement, or with the answer of another one. */
    private static final class Asked<Q, A> {

        private final Q question;
        private final CompletableFuture<Boolean> begins = new CompletableFuture<>();
        private @Nullable Map<Q, A> answers;
        private @Nullable RuntimeException failure;

        private Asked(Q question) {
            this.question = question;
        }

        private Optional<A> answer() {
            if (failure != null) {
                throw failure;
            }
            if (answers == null) {
                throw new IllegalStateException("The statement that was to answer this ended without an answer");
            }
            return Optional.ofNullable(answers.get(question));
        }
    }
}
