/** Catalogue of meters. */
@NullMarked
package io.gonkapulse.servicekit.metrics;

import org.jspecify.annotations.NullMarked;
