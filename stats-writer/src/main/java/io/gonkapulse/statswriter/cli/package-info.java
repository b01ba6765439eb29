/** The command {@code replay}. */
@NullMarked
package io.gonkapulse.statswriter.cli;

import org.jspecify.annotations.NullMarked;
