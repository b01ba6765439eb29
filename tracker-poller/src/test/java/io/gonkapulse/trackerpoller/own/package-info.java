@NullMarked
package io.gonkapulse.trackerpoller.own;

import org.jspecify.annotations.NullMarked;
