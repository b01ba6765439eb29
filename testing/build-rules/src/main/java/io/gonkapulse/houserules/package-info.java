@NullMarked
package io.gonkapulse.houserules;

import org.jspecify.annotations.NullMarked;
