/** The settings that all programs share, as Spring's properties. */
@NullMarked
package io.gonkapulse.servicekit.environment;

import org.jspecify.annotations.NullMarked;
