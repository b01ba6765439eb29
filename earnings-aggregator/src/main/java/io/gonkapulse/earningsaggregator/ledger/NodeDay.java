package io.gonkapulse.earningsaggregator.ledger;

import java.time.LocalDate;
import java.util.UUID;

/** A day of a node that may have changed. */
public record NodeDay(UUID node, LocalDate day) {}
