package io.gonkapulse.apigateway.stream;

import io.gonkapulse.apigateway.nodes.NodeStateReader.NodeState;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A node that streams watch, and its last known state. Only the thread of the feed uses it. */
final class WatchedNode {

    final Set<StreamConnection> streams = new HashSet<>();

    /** When its last stream ended; has no meaning while there are streams. */
    long unusedSinceNanos;

    /** Whether it was read at least once. The state is null if there is no such node. */
    boolean isLoaded;

    @Nullable
    NodeState state;

    /** The mark in the history at the time of the first read. A client cannot resume after an older event. */
    long watchedSince;
}
