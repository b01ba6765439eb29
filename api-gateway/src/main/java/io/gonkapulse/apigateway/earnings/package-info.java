/** Earnings by day, week and month. */
@NullMarked
package io.gonkapulse.apigateway.earnings;

import org.jspecify.annotations.NullMarked;
