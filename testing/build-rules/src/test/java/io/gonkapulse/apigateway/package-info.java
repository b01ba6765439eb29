/** Breaks the rules on purpose: BuildRuleTest checks that each rule finds its violation. */
@NullMarked
package io.gonkapulse.apigateway;

import org.jspecify.annotations.NullMarked;
