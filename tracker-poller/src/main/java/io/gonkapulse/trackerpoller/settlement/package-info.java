/** Epochs that are over: their rewards, asked for until they are final. */
@NullMarked
package io.gonkapulse.trackerpoller.settlement;

import org.jspecify.annotations.NullMarked;
