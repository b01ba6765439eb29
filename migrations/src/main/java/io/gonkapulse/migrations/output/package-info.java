/** Progress lines, durations, errors and exit codes. */
@NullMarked
package io.gonkapulse.migrations.output;

import org.jspecify.annotations.NullMarked;
