/** Reads the events of other job systems as {@link io.gonkapulse.contracts.job.JobEvent}. */
@NullMarked
package io.gonkapulse.contracts.dialect;

import org.jspecify.annotations.NullMarked;
