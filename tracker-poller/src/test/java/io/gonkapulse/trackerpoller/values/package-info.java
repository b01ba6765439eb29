@NullMarked
package io.gonkapulse.trackerpoller.values;

import org.jspecify.annotations.NullMarked;
