@NullMarked
package io.gonkapulse.trackerpoller.settle;

import org.jspecify.annotations.NullMarked;
