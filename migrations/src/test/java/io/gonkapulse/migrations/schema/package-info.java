/** The finished schema. */
@NullMarked
package io.gonkapulse.migrations.schema;

import org.jspecify.annotations.NullMarked;
