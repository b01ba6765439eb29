/** Starts programs in processes of their own and observes them from outside. */
@NullMarked
package io.gonkapulse.testkit.process;

import org.jspecify.annotations.NullMarked;
