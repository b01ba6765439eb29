/** What a service does from time to time, whether records come or not. */
@NullMarked
package io.gonkapulse.workercore.upkeep;

import org.jspecify.annotations.NullMarked;
