/** The way forward, with Flyway. */
@NullMarked
package io.gonkapulse.migrations.forward;

import org.jspecify.annotations.NullMarked;
