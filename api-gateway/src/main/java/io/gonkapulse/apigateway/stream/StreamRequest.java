package io.gonkapulse.apigateway.stream;

import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a client asked for.
 *
 * @param topics the watched nodes
 * @param lastEventId of the client's earlier stream; null for its first one
 * @param allowed whether the client may still read; its key may be revoked
 */
record StreamRequest(Set<String> topics, @Nullable String lastEventId, BooleanSupplier allowed) {}
