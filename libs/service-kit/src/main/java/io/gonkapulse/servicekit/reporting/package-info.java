/** Commands that report themselves as jobs. */
@NullMarked
package io.gonkapulse.servicekit.reporting;

import org.jspecify.annotations.NullMarked;
