/** Breaks the rules on purpose: BuildRuleTest checks that each rule finds its violation. */
@NullMarked
package io.gonkapulse.statswriter.consumer;

import org.jspecify.annotations.NullMarked;
