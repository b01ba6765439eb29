/** Tracker types: what each API offers, and what its responses mean. */
@NullMarked
package io.gonkapulse.trackerpoller.trackerapi;

import org.jspecify.annotations.NullMarked;
