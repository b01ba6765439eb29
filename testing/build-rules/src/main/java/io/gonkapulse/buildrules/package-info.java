@NullMarked
package io.gonkapulse.buildrules;

import org.jspecify.annotations.NullMarked;
