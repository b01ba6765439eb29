@NullMarked
package io.gonkapulse.buildrules.cycle.two;

import org.jspecify.annotations.NullMarked;
