/** Tests of the whole program on real servers. */
@NullMarked
package io.gonkapulse.migrations.program;

import org.jspecify.annotations.NullMarked;
