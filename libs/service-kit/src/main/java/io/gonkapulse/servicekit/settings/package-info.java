/** Which database, as the environment or the command line says it. */
@NullMarked
package io.gonkapulse.servicekit.settings;

import org.jspecify.annotations.NullMarked;
