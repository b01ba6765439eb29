/** The messages and values that services exchange. */
@NullMarked
package io.gonkapulse.contracts;

import org.jspecify.annotations.NullMarked;
