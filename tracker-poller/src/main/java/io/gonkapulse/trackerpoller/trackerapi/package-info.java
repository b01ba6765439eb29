/** Tracker types: what each API offers, and what its responses mean. Start at {@link TrackerType}. */
@NullMarked
package io.gonkapulse.trackerpoller.trackerapi;

import org.jspecify.annotations.NullMarked;
