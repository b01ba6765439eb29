/** Commands of operators, which publish events like everybody else. */
@NullMarked
package io.gonkapulse.jobrecorder.administration;

import org.jspecify.annotations.NullMarked;
