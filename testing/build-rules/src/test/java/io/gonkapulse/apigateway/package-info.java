/** Breaks the rules on purpose, so that HouseRuleTest can see each rule bite. */
@NullMarked
package io.gonkapulse.apigateway;

import org.jspecify.annotations.NullMarked;
