/** Streams JSON, field by field. */
@NullMarked
package io.gonkapulse.testkit.network.json;

import org.jspecify.annotations.NullMarked;
