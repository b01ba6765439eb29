/** Old epochs, fetched on order. */
@NullMarked
package io.gonkapulse.trackerpoller.backfill;

import org.jspecify.annotations.NullMarked;
