/** Which version of the schema is there, and whether it will do. */
@NullMarked
package io.gonkapulse.servicekit.schema;

import org.jspecify.annotations.NullMarked;
