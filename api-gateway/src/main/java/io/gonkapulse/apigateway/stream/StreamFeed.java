package io.gonkapulse.apigateway.stream;

import com.github.benmanes.caffeine.cache.Ticker;
import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.apigateway.epochs.EpochStateReader.EpochState;
import io.gonkapulse.apigateway.http.AgedBodyTemplate;
import io.gonkapulse.apigateway.http.FreshnessPolicy;
import io.gonkapulse.apigateway.nodes.NodeStateReader.NodeState;
import io.gonkapulse.apigateway.stream.StreamConnection.EndReason;
import io.gonkapulse.apigateway.stream.StreamStateRepository.StreamState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares the watched nodes with their last known state every second, and sends what changed. One thread does all of
 * it, so the order of events is the same for every stream. While no node is watched, it reads nothing. Another thread
 * keeps the connections alive, so that a slow database does not delay it.
 */
@Component
class StreamFeed implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(StreamFeed.class);

    /** A random number of 40 bits has eight characters. */
    private static final int GATEWAY_ID_SHIFT = 24;

    private static final Duration KEEP_ALIVE_INTERVAL = Duration.ofSeconds(15);

    /** Time alone changes some fields, such as {@code stale}, so unchanged data are also read at times. */
    private static final Duration FULL_READ_INTERVAL = Duration.ofSeconds(10);

    /** Leaves room in the queue of the stream for events that follow. */
    private static final int MAX_MISSED_EVENTS = StreamConnection.MAX_WAITING - 100;

    private final StreamStateRepository repository;
    private final FreshnessPolicy freshness;
    private final Ticker ticker;
    private final JsonMapper mapper;
    private final long writeTimeoutNanos;
    private final EventHistory history;
    private final ScheduledExecutorService thread = createThread("stream-feed");
    private final ScheduledExecutorService keepAliveThread = createThread("stream-keep-alive");
    private final Set<StreamConnection> open = ConcurrentHashMap.newKeySet();
    private volatile boolean running;
    private List<Future<?>> schedules = List.of();

    /** Used by the thread that keeps connections alive. */
    private long keepAliveNanos;

    // Used by the thread that reads.
    private final WatchedNodes watched;
    private final Map<Long, Object> epochs = new HashMap<>();
    private long epochsWatchedSince;
    private final Set<StreamConnection> waitingForData = new LinkedHashSet<>();

    /** The streams that have their first events. Only they receive changes. */
    private final Set<StreamConnection> following = new LinkedHashSet<>();

    private @Nullable String version;
    private long fullReadNanos;
    private boolean failing;

    StreamFeed(
            StreamStateRepository repository,
            FreshnessPolicy freshness,
            Ticker ticker,
            JsonMapper mapper,
            GatewayProperties properties) {
        this.repository = repository;
        this.freshness = freshness;
        this.ticker = ticker;
        this.mapper = mapper;
        this.writeTimeoutNanos = properties.writeTimeout().toNanos();
        this.watched = new WatchedNodes(ticker);
        this.history = new EventHistory(UUID.randomUUID().getMostSignificantBits() >>> GATEWAY_ID_SHIFT);
    }

    private static ScheduledExecutorService createThread(String name) {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread created = new Thread(task, name);
            created.setDaemon(true);
            return created;
        });
    }

    @Override
    public void start() {
        running = true;
        keepAliveNanos = ticker.read();
        schedules = List.of(
                thread.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS),
                keepAliveThread.scheduleWithFixedDelay(this::keepConnectionsAlive, 1, 1, TimeUnit.SECONDS));
    }

    /** Ends all streams before the server waits for open requests: this component has the phase that stops first. */
    @Override
    public void stop() {
        running = false;
        schedules.forEach(schedule -> schedule.cancel(true));
        thread.shutdownNow();
        keepAliveThread.shutdownNow();
        open.forEach(connection -> connection.end(EndReason.SHUTDOWN));
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Whether a stream of so many nodes can start. */
    boolean hasRoomFor(int nodes) {
        return running && watched.hasRoomFor(nodes);
    }

    /** Sends the first bytes at once, and the headers with them; the first events follow when they have been read. */
    void subscribe(StreamConnection connection) {
        connection.send(StreamMessage.RETRY);
        open.add(connection);
        run(() -> join(connection));
        if (!running) {
            connection.end(EndReason.SHUTDOWN);
        }
    }

    /** Forgets a stream that has ended. */
    void unsubscribe(StreamConnection connection) {
        open.remove(connection);
        long now = ticker.read();
        run(() -> leave(connection, now));
    }

    private void run(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("Not running after shutdown", e);
        }
    }

    private void join(StreamConnection connection) {
        watched.join(connection);
        waitingForData.add(connection);
        sendFirstEvents();
        if (!open.contains(connection)) {
            leave(connection, ticker.read());
        }
    }

    private void leave(StreamConnection connection, long sinceNanos) {
        waitingForData.remove(connection);
        following.remove(connection);
        watched.leave(connection, sinceNanos);
    }

    private void tick() {
        try {
            long now = ticker.read();
            watched.removeUnused();
            if (watched.isEmpty()) {
                epochs.clear();
                epochsWatchedSince = 0;
            } else {
                read(now);
                sendFirstEvents();
            }
            failing = false;
        } catch (RuntimeException e) {
            // An exception would end the schedule. The next tick tries again.
            if (!failing) {
                LOG.warn("Cannot read the changes for event streams; they are late until it works again", e);
            }
            failing = true;
        }
    }

    /** New nodes must be read even if the data are unchanged, and the others with them: in one statement. */
    private void read(long now) {
        List<String> added = watched.identifiers(false);
        List<String> identifiers = new ArrayList<>(watched.identifiers(true));
        identifiers.addAll(added);
        boolean full = !added.isEmpty() || now - fullReadNanos >= FULL_READ_INTERVAL.toNanos();
        StreamState state = repository.read(identifiers, freshness.today(), full ? null : version);
        version = state.version();
        if (full) {
            fullReadNanos = now;
        }
        applyEpochs(state.epochs(), now);
        state.nodes().forEach((topic, found) -> apply(topic, watched.get(topic), found, now));
        if (!added.isEmpty()) {
            load(added, state);
        }
    }

    private void load(List<String> added, StreamState state) {
        long mark = history.mark();
        for (String identifier : added) {
            WatchedNode node = watched.get(identifier);
            if (node != null) {
                node.isLoaded = true;
                node.state = state.nodes().get(identifier);
                node.watchedSince = mark;
            }
        }
    }

    private void apply(String topic, @Nullable WatchedNode node, NodeState found, long now) {
        if (node == null || !node.isLoaded) {
            return;
        }
        NodeState known = node.state;
        node.state = found;
        if (known == null || !known.node().equals(found.node())) {
            publish(createNodeEvent(topic, found), node.streams, now);
        }
        found.days().forEach((date, day) -> {
            if (known == null || !day.equals(known.days().get(date))) {
                publish(createEvent("day", topic, day, List.of()), node.streams, now);
            }
        });
    }

    private void applyEpochs(List<EpochState> found, long now) {
        boolean first = epochsWatchedSince == 0;
        if (first) {
            epochsWatchedSince = history.mark();
        }
        for (EpochState epoch : found) {
            Object known = epochs.put(epoch.epoch(), epoch.item());
            if (!first && !epoch.item().equals(known)) {
                publish(createEvent("epoch", StreamEvent.EPOCHS, epoch.item(), List.of()), following, now);
            }
        }
    }

    private void publish(StreamEvent event, Set<StreamConnection> receivers, long now) {
        StreamEvent numbered = history.add(event, now);
        for (StreamConnection receiver : List.copyOf(receivers)) {
            if (following.contains(receiver)) {
                receiver.send(numbered);
            }
        }
    }

    /** Sends the first events of each new stream whose nodes have all been read. */
    private void sendFirstEvents() {
        for (StreamConnection connection : List.copyOf(waitingForData)) {
            List<WatchedNode> nodes = watched.nodesOf(connection);
            if (nodes.stream().allMatch(node -> node.isLoaded)) {
                waitingForData.remove(connection);
                following.add(connection);
                findFirstMessages(connection, nodes).forEach(message -> connection.send(message));
            }
        }
    }

    private List<StreamMessage> findFirstMessages(StreamConnection connection, List<WatchedNode> nodes) {
        List<StreamMessage> messages = new ArrayList<>();
        String lastEventId = connection.lastEventId();
        if (lastEventId != null) {
            Optional<List<StreamEvent>> missed = findMissedEvents(connection, lastEventId, nodes);
            if (missed.isPresent()) {
                messages.addAll(missed.get());
                return messages;
            }
            messages.add(StreamMessage.RESET);
        }
        messages.addAll(createFirstEvents(connection));
        return messages;
    }

    /**
     * Returns empty if something may have happened that is not kept, or more than the stream can queue. An unknown node
     * has had no event.
     */
    private Optional<List<StreamEvent>> findMissedEvents(
            StreamConnection connection, String lastEventId, List<WatchedNode> nodes) {
        return history.parse(lastEventId)
                .filter(last -> epochsWatchedSince <= last)
                .filter(last -> nodes.stream().allMatch(node -> node.state == null || node.watchedSince <= last))
                .flatMap(last -> history.findAfter(last, connection::wants, ticker.read()))
                .filter(missed -> missed.size() <= MAX_MISSED_EVENTS);
    }

    /** Only the last one has an id, so that a client that received a part of them gets all of them again. */
    private List<StreamEvent> createFirstEvents(StreamConnection connection) {
        List<StreamEvent> events = new ArrayList<>();
        for (String topic : connection.topics()) {
            WatchedNode node = watched.get(topic);
            if (node != null && node.state != null) {
                events.add(createNodeEvent(topic, node.state));
            }
        }
        if (!events.isEmpty()) {
            int last = events.size() - 1;
            events.set(last, events.get(last).withId(history.idOf(history.newest())));
        }
        return events;
    }

    private StreamEvent createNodeEvent(String topic, NodeState state) {
        return createEvent("node", topic, state.node(), state.fetchTimes());
    }

    private StreamEvent createEvent(String type, String topic, Object body, List<Instant> times) {
        return new StreamEvent(null, type, topic, new AgedBodyTemplate(mapper.writeValueAsBytes(body), times));
    }

    private void keepConnectionsAlive() {
        long now = ticker.read();
        boolean due = now - keepAliveNanos >= KEEP_ALIVE_INTERVAL.toNanos();
        if (due) {
            keepAliveNanos = now;
        }
        for (StreamConnection connection : open) {
            try {
                keepAlive(connection, due, now);
            } catch (RuntimeException e) {
                // An exception would end the schedule.
                LOG.warn("Cannot keep an event stream alive; it ends", e);
                connection.end(EndReason.CLIENT);
            }
        }
    }

    private void keepAlive(StreamConnection connection, boolean due, long now) {
        connection.endIfRevoked();
        connection.endIfBlockedSince(now - writeTimeoutNanos);
        if (due) {
            connection.send(StreamMessage.KEEP_ALIVE);
        }
    }
}
