/** What crosses the borders between services. */
@NullMarked
package io.gonkapulse.contracts;

import org.jspecify.annotations.NullMarked;
