/** The answers of a tracker and of a chain node, without any fault in them. */
@NullMarked
package io.gonkapulse.networksimulator.api;

import org.jspecify.annotations.NullMarked;
