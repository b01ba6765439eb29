/** The service that keeps stats fresh. */
@NullMarked
package io.gonkapulse.statswriter;

import org.jspecify.annotations.NullMarked;
