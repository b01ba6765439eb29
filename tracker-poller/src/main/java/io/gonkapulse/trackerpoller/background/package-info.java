/** Work between scheduled polls: backfills and hardware, after the settlements. */
@NullMarked
package io.gonkapulse.trackerpoller.background;

import org.jspecify.annotations.NullMarked;
