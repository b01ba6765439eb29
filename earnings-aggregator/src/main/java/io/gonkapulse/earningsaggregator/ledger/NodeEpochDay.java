package io.gonkapulse.earningsaggregator.ledger;

import java.time.LocalDate;
import java.util.UUID;

/** Days of an epoch of a node from this one on can have changed. */
public record NodeEpochDay(UUID node, long epoch, LocalDate day) {}
