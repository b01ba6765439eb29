/** What a simulated network is like: everything that may differ from one to the next. */
@NullMarked
package io.gonkapulse.testkit.network.plan;

import org.jspecify.annotations.NullMarked;
