@NullMarked
package io.gonkapulse.trackerpoller.publish;

import org.jspecify.annotations.NullMarked;
