/** The job-recorder service: main class, wiring and settings. */
@NullMarked
package io.gonkapulse.jobrecorder;

import org.jspecify.annotations.NullMarked;
