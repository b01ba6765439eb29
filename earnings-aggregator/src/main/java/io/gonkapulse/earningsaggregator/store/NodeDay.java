package io.gonkapulse.earningsaggregator.store;

import java.time.LocalDate;
import java.util.UUID;

/** A day of a node that can have changed. */
record NodeDay(UUID node, LocalDate day) {}
