/** Taking over a database that the portal has made. */
@NullMarked
package io.gonkapulse.migrations.adopt;

import org.jspecify.annotations.NullMarked;
