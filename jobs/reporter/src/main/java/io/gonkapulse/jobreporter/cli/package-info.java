/** The program {@code jobs}: reports any command, and sends events of files. */
@NullMarked
package io.gonkapulse.jobreporter.cli;

import org.jspecify.annotations.NullMarked;
