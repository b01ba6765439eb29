/** The way forward, with Flyway. */
@NullMarked
package io.gonkapulse.migrations.flyway;

import org.jspecify.annotations.NullMarked;
