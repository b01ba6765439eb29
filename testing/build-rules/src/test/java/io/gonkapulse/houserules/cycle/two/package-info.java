/** Breaks the rules on purpose, so that HouseRuleTest can see each rule bite. */
@NullMarked
package io.gonkapulse.houserules.cycle.two;

import org.jspecify.annotations.NullMarked;
