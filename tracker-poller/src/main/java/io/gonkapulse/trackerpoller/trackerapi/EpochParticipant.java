package io.gonkapulse.trackerpoller.trackerapi;

import io.gonkapulse.contracts.NodeCounters;
import io.gonkapulse.contracts.NodeFacts;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.NodeStatus;

/** One participant of the running epoch. */
public record EpochParticipant(NodeIdentifier node, NodeCounters counters, NodeStatus status, NodeFacts facts) {}
