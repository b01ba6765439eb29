@NullMarked
package io.gonkapulse.trackerpoller.process;

import org.jspecify.annotations.NullMarked;
