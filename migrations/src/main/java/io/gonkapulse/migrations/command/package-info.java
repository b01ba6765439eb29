/** The program's commands. */
@NullMarked
package io.gonkapulse.migrations.command;

import org.jspecify.annotations.NullMarked;
