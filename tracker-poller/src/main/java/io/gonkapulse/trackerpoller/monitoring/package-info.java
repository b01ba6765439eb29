/** What an operator can see: meters and health. */
@NullMarked
package io.gonkapulse.trackerpoller.monitoring;

import org.jspecify.annotations.NullMarked;
