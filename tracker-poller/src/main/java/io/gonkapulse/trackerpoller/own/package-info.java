/** Which of the running pollers polls which tracker. */
@NullMarked
package io.gonkapulse.trackerpoller.own;

import org.jspecify.annotations.NullMarked;
