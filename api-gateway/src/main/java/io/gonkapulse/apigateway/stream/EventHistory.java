package io.gonkapulse.apigateway.stream;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The newest events, for clients that reconnect. Its owner's lock guards it. */
final class EventHistory {

    private static final int MAX_EVENTS = 10_000;
    private static final long MAX_BYTES = 8L << 20;
    private static final long MAX_AGE_NANOS = Duration.ofMinutes(5).toNanos();
    private static final int RADIX = 36;
    private static final Pattern ID = Pattern.compile("([0-9a-z]{1,13})-([0-9]{1,18})");

    /** Differs for each start of a gateway, and between gateways, so that no gateway accepts an id of another. */
    private final String prefix;

    private final ArrayDeque<KeptEvent> kept = new ArrayDeque<>();
    private long bytes;
    private long newest;
    private long newestRemoved;

    EventHistory(long gateway) {
        this.prefix = Long.toString(gateway, RADIX);
    }

    /** The newest number; the first one is 1. */
    long newest() {
        return newest;
    }

    /** Returns a number without an event: later than all events so far, earlier than all that follow. */
    long mark() {
        newest++;
        return newest;
    }

    String idOf(long sequence) {
        return prefix + '-' + sequence;
    }

    /** Gives the event the next id and keeps it. */
    StreamEvent add(StreamEvent event, long nowNanos) {
        newest++;
        StreamEvent numbered = event.withId(idOf(newest));
        kept.addLast(new KeptEvent(newest, nowNanos, numbered));
        bytes += numbered.data().size();
        removeOld(nowNanos);
        return numbered;
    }

    /** Returns the number in the id of an event; empty if it is not an id of this gateway. */
    Optional<Long> parse(String id) {
        Matcher matcher = ID.matcher(id);
        return matcher.matches() && matcher.group(1).equals(prefix)
                ? Optional.of(Long.parseLong(matcher.group(2))).filter(sequence -> sequence <= newest)
                : Optional.empty();
    }

    /** Returns the events after one; empty if some of them are not kept any more. */
    Optional<List<StreamEvent>> findAfter(long sequence, Predicate<StreamEvent> wanted, long nowNanos) {
        removeOld(nowNanos);
        return sequence < newestRemoved
                ? Optional.empty()
                : Optional.of(kept.stream()
                        .filter(one -> one.sequence > sequence)
                        .map(KeptEvent::event)
                        .filter(wanted)
                        .toList());
    }

    private void removeOld(long nowNanos) {
        while (!kept.isEmpty()
                && (kept.size() > MAX_EVENTS
                        || bytes > MAX_BYTES
                        || nowNanos - kept.getFirst().addedNanos > MAX_AGE_NANOS)) {
            KeptEvent removed = kept.removeFirst();
            bytes -= removed.event.data().size();
            newestRemoved = removed.sequence;
        }
    }

    private record KeptEvent(long sequence, long addedNanos, StreamEvent event) {}
}
