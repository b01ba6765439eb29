/** The way to a tracker: its addresses, each guarded, and the choice between them. */
@NullMarked
package io.gonkapulse.trackerpoller.http;

import org.jspecify.annotations.NullMarked;
