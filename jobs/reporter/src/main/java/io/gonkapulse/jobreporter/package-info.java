/** Reports jobs from Java programs; start with {@link io.gonkapulse.jobreporter.JobReporter}. */
@NullMarked
package io.gonkapulse.jobreporter;

import org.jspecify.annotations.NullMarked;
