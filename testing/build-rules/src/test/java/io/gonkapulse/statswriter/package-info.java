/** Breaks the rules on purpose, so that HouseRuleTest can see each rule bite. */
@NullMarked
package io.gonkapulse.statswriter;

import org.jspecify.annotations.NullMarked;
