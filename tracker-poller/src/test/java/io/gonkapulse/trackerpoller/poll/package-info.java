@NullMarked
package io.gonkapulse.trackerpoller.poll;

import org.jspecify.annotations.NullMarked;
