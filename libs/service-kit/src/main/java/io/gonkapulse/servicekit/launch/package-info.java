/** Starts a program, stops it, and says in one line which setting is wrong. */
@NullMarked
package io.gonkapulse.servicekit.launch;

import org.jspecify.annotations.NullMarked;
