/** The program's commands. */
@NullMarked
package io.gonkapulse.migrations.cli;

import org.jspecify.annotations.NullMarked;
