/** Work between scheduled polls: settlements of past epochs first, then backfills, then hardware. */
@NullMarked
package io.gonkapulse.trackerpoller.background;

import org.jspecify.annotations.NullMarked;
