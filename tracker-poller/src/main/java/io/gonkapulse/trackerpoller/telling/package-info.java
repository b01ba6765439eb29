/** What an operator can see: meters and health. */
@NullMarked
package io.gonkapulse.trackerpoller.telling;

import org.jspecify.annotations.NullMarked;
