@NullMarked
package io.gonkapulse.statswriter;

import org.jspecify.annotations.NullMarked;
