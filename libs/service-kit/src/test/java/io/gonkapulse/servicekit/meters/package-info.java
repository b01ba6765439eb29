@NullMarked
package io.gonkapulse.servicekit.meters;

import org.jspecify.annotations.NullMarked;
