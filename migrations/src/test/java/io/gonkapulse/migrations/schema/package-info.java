/** The final schema, and single migrations on existing data. */
@NullMarked
package io.gonkapulse.migrations.schema;

import org.jspecify.annotations.NullMarked;
