/** Publishes events of jobs: those that clients send, and the recorder's own. */
@NullMarked
package io.gonkapulse.jobrecorder.publishing;

import org.jspecify.annotations.NullMarked;
