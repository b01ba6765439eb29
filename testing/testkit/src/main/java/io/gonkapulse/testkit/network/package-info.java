/** A Gonka network that exists only as arithmetic, knows the truth about itself and answers like the real one. */
@NullMarked
package io.gonkapulse.testkit.network;

import org.jspecify.annotations.NullMarked;
