/** Old epochs, fetched on order. */
@NullMarked
package io.gonkapulse.trackerpoller.background;

import org.jspecify.annotations.NullMarked;
