/** Starts and stops a program, and reports an invalid setting in one line. */
@NullMarked
package io.gonkapulse.servicekit.launch;

import org.jspecify.annotations.NullMarked;
