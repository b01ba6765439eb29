/** A real broker and a real database as parts of this process: for a laptop, with data kept, and for tests. */
@NullMarked
package io.gonkapulse.localservers;

import org.jspecify.annotations.NullMarked;
