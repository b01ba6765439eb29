/** The HTTP client of trackers: failover, deadline, retry, circuit breaker, limits, caching. */
@NullMarked
package io.gonkapulse.trackerpoller.http;

import org.jspecify.annotations.NullMarked;
