@NullMarked
package io.gonkapulse.trackerpoller.telling;

import org.jspecify.annotations.NullMarked;
