/** What programs with an HTTP API share: clients and their rate limits, request ids and problems. */
@NullMarked
package io.gonkapulse.servicekit.http;

import org.jspecify.annotations.NullMarked;
