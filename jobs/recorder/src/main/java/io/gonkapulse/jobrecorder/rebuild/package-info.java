/** Computes the rows again from the topic, beside the running consumers. */
@NullMarked
package io.gonkapulse.jobrecorder.rebuild;

import org.jspecify.annotations.NullMarked;
