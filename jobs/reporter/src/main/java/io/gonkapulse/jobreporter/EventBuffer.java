package io.gonkapulse.jobreporter;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.jobreporter.PendingEvent.Importance;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A bounded queue. When it is full, an event takes the place of the oldest one of the least important kind, unless the
 * event itself is less important than all. Events in flight count, but keep their place. Thread-safe.
 */
final class EventBuffer {

    private final int capacity;
    private final EventCounters dropped;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition emptied = lock.newCondition();
    /** In the order of importance. */
    private final Map<Importance, Queue<PendingEvent>> queues = new EnumMap<>(Importance.class);

    private int queued;
    private int inFlight;
    private long lastSeq;

    EventBuffer(int capacity, EventCounters dropped) {
        this.capacity = capacity;
        this.dropped = dropped;
        for (Importance importance : Importance.values()) {
            queues.put(importance, new ArrayDeque<>());
        }
    }

    void add(PendingEvent event) {
        Importance importance = Importance.of(event.type);
        lock.lock();
        try {
            if (queued + inFlight >= capacity && !dropLessImportant(importance)) {
                dropped.increment(event.type);
                return;
            }
            event.seq = ++lastSeq;
            requireNonNull(queues.get(importance)).add(event);
            queued++;
        } finally {
            lock.unlock();
        }
    }

    private boolean dropLessImportant(Importance importance) {
        for (Map.Entry<Importance, Queue<PendingEvent>> queue : queues.entrySet()) {
            if (queue.getKey().compareTo(importance) > 0) {
                return false;
            }
            PendingEvent oldest = queue.getValue().poll();
            if (oldest != null) {
                dropped.increment(oldest.type);
                queued--;
                return true;
            }
        }
        return false;
    }

    /** Returns the oldest events, which are in flight until {@link #complete}. */
    List<PendingEvent> take(int max) {
        lock.lock();
        try {
            List<PendingEvent> taken = new ArrayList<>(Math.min(max, queued));
            while (taken.size() < max && queued > 0) {
                taken.add(pollOldest());
                queued--;
            }
            inFlight += taken.size();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private PendingEvent pollOldest() {
        Queue<PendingEvent> oldest = null;
        long oldestSeq = Long.MAX_VALUE;
        for (Queue<PendingEvent> queue : queues.values()) {
            PendingEvent head = queue.peek();
            if (head != null && head.seq < oldestSeq) {
                oldest = queue;
                oldestSeq = head.seq;
            }
        }
        return requireNonNull(oldest, "an event").remove();
    }

    /** Ends the flight of some events, whatever became of them. */
    void complete(int events) {
        lock.lock();
        try {
            inFlight -= events;
            if (queued + inFlight == 0) {
                emptied.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Drops all events that are not in flight. */
    void clear() {
        lock.lock();
        try {
            for (Queue<PendingEvent> queue : queues.values()) {
                queue.forEach(event -> dropped.increment(event.type));
                queue.clear();
            }
            queued = 0;
        } finally {
            lock.unlock();
        }
    }

    boolean isFull() {
        return size() >= capacity;
    }

    int size() {
        lock.lock();
        try {
            return queued + inFlight;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all events are sent, and returns false if that takes too long. */
    boolean awaitEmpty(long nanos) throws InterruptedException {
        long rest = nanos;
        lock.lockInterruptibly();
        try {
            while (queued + inFlight > 0 && rest > 0) {
                rest = emptied.awaitNanos(rest);
            }
            return queued + inFlight == 0;
        } finally {
            lock.unlock();
        }
    }
}
