/** Adopts an existing MineGNK database, and undoes the adoption. */
@NullMarked
package io.gonkapulse.migrations.adopt;

import org.jspecify.annotations.NullMarked;
