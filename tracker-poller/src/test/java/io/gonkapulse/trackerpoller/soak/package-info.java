@NullMarked
package io.gonkapulse.trackerpoller.soak;

import org.jspecify.annotations.NullMarked;
