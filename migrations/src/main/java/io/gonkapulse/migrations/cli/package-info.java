/** The command line. */
@NullMarked
package io.gonkapulse.migrations.cli;

import org.jspecify.annotations.NullMarked;
