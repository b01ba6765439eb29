/** Sends accepted events to the topic. */
@NullMarked
package io.gonkapulse.jobrecorder.intake.publishing;

import org.jspecify.annotations.NullMarked;
