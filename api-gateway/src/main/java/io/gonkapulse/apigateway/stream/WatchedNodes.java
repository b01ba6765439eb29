package io.gonkapulse.apigateway.stream;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The nodes that streams watch, and for a while those of ended streams. Only the thread of the feed changes them. */
final class WatchedNodes {

    static final int MAX_NODES = 10_000;

    /** How long a node without streams is still watched. A client that reconnects in this time misses nothing. */
    private static final Duration LINGER = Duration.ofSeconds(60);

    private final Ticker ticker;
    private final Map<String, WatchedNode> nodes = new HashMap<>();
    private volatile int used;

    WatchedNodes(Ticker ticker) {
        this.ticker = ticker;
    }

    /**
     * Whether so many more nodes can be watched; any thread may ask. Nodes without streams do not count, because they make
     * room. Streams that start at the same time may exceed the limit a little.
     */
    boolean hasRoomFor(int more) {
        return used + more <= MAX_NODES;
    }

    void join(StreamConnection connection) {
        removeUnused();
        for (String topic : connection.topics()) {
            nodes.computeIfAbsent(topic, one -> new WatchedNode()).streams.add(connection);
        }
        makeRoom();
        countUsed();
    }

    /** Removes a stream from its nodes. Nothing happens if it has not joined. */
    void leave(StreamConnection connection, long sinceNanos) {
        for (String topic : connection.topics()) {
            WatchedNode node = nodes.get(topic);
            if (node != null && node.streams.remove(connection)) {
                node.unusedSinceNanos = sinceNanos;
            }
        }
        countUsed();
    }

    /** Removes the nodes whose clients no longer return. An unknown node has no state that a client could miss. */
    void removeUnused() {
        long now = ticker.read();
        nodes.values()
                .removeIf(node -> node.streams.isEmpty()
                        && (node.state == null || now - node.unusedSinceNanos >= LINGER.toNanos()));
    }

    private void makeRoom() {
        int excess = nodes.size() - MAX_NODES;
        if (excess > 0) {
            long now = ticker.read();
            List<String> oldest = nodes.entrySet().stream()
                    .filter(one -> one.getValue().streams.isEmpty())
                    .sorted(Comparator.comparingLong(one -> one.getValue().unusedSinceNanos - now))
                    .limit(excess)
                    .map(Map.Entry::getKey)
                    .toList();
            oldest.forEach(nodes::remove);
        }
    }

    private void countUsed() {
        used = Math.toIntExact(
                nodes.values().stream().filter(node -> !node.streams.isEmpty()).count());
    }

    boolean isEmpty() {
        return nodes.isEmpty();
    }

    /** The identifiers of the nodes that were read at least once, or of the others. */
    List<String> identifiers(boolean loaded) {
        return nodes.entrySet().stream()
                .filter(one -> one.getValue().isLoaded == loaded)
                .map(Map.Entry::getKey)
                .toList();
    }

    @Nullable
    WatchedNode get(String identifier) {
        return nodes.get(identifier);
    }

    /** The nodes of a stream that has joined. */
    List<WatchedNode> nodesOf(StreamConnection connection) {
        return connection.topics().stream()
                .flatMap(topic -> Optional.ofNullable(nodes.get(topic)).stream())
                .toList();
    }
}
