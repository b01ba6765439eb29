/** Every meter that alerts and dashboards rely on, by name. */
@NullMarked
package io.gonkapulse.servicekit.metrics;

import org.jspecify.annotations.NullMarked;
