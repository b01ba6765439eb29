/** The stats-writer service: main class, wiring and settings. */
@NullMarked
package io.gonkapulse.statswriter;

import org.jspecify.annotations.NullMarked;
