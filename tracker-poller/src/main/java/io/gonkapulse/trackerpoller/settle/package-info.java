/** Epochs that are over: their rewards, asked for until they are final. */
@NullMarked
package io.gonkapulse.trackerpoller.settle;

import org.jspecify.annotations.NullMarked;
