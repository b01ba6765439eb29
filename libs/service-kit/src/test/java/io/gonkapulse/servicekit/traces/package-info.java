@NullMarked
package io.gonkapulse.servicekit.traces;

import org.jspecify.annotations.NullMarked;
