/** Checks whether a program can use the version of the schema. */
@NullMarked
package io.gonkapulse.servicekit.schema;

import org.jspecify.annotations.NullMarked;
