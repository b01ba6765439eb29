/** The job as a whole, on real servers. */
@NullMarked
package io.gonkapulse.migrations.job;

import org.jspecify.annotations.NullMarked;
