@NullMarked
package io.gonkapulse.trackerpoller.tracker;

import org.jspecify.annotations.NullMarked;
