/** Commands of operators. They publish events, as producers of jobs do. */
@NullMarked
package io.gonkapulse.jobrecorder.administration;

import org.jspecify.annotations.NullMarked;
