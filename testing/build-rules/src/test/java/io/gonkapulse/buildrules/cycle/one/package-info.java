@NullMarked
package io.gonkapulse.buildrules.cycle.one;

import org.jspecify.annotations.NullMarked;
