/** Which of the running pollers polls which tracker. */
@NullMarked
package io.gonkapulse.trackerpoller.assignment;

import org.jspecify.annotations.NullMarked;
