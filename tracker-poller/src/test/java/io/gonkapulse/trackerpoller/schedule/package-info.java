@NullMarked
package io.gonkapulse.trackerpoller.schedule;

import org.jspecify.annotations.NullMarked;
