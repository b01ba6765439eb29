/** Migration scripts, and what all commands share: progress lines, errors and durations. */
@NullMarked
package io.gonkapulse.migrations.scripts;

import org.jspecify.annotations.NullMarked;
