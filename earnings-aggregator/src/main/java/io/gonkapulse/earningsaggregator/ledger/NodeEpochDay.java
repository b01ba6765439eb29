package io.gonkapulse.earningsaggregator.ledger;

import java.time.LocalDate;
import java.util.UUID;

/** An epoch of a node whose days from this one on may have changed. */
public record NodeEpochDay(UUID node, long epoch, LocalDate day) {}
