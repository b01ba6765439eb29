@NullMarked
package io.gonkapulse.trackerpoller.hardware;

import org.jspecify.annotations.NullMarked;
