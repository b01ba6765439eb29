package io.gonkapulse.trackerpoller.source;

import io.gonkapulse.contracts.Counters;
import io.gonkapulse.contracts.NodeFacts;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.NodeStatus;

/** One participant of the running epoch. */
public record Participant(NodeIdentifier node, Counters counters, NodeStatus status, NodeFacts facts) {}
