/** Checks the counts of jobs against their rows. */
@NullMarked
package io.gonkapulse.jobrecorder.verify;

import org.jspecify.annotations.NullMarked;
