/** Every meter that alerts and dashboards rely on, by name. */
@NullMarked
package io.gonkapulse.servicekit.meters;

import org.jspecify.annotations.NullMarked;
