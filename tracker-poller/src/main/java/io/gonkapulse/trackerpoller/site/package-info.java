/** The way to a tracker: its addresses, each guarded, and the choice between them. */
@NullMarked
package io.gonkapulse.trackerpoller.site;

import org.jspecify.annotations.NullMarked;
