package io.gonkapulse.earningsaggregator.store;

import java.time.LocalDate;
import java.util.UUID;

/** Days of an epoch of a node from this one on can have changed. */
record NodeEpochDay(UUID node, long epoch, LocalDate day) {}
