/** Reads settings of database, broker and logging from the environment or the command line. */
@NullMarked
package io.gonkapulse.servicekit.settings;

import org.jspecify.annotations.NullMarked;
