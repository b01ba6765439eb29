/** The life of a tracker while this poller owns it: its beats, and beside them all that has time. */
@NullMarked
package io.gonkapulse.trackerpoller.run;

import org.jspecify.annotations.NullMarked;
