/** What a program reports: names of meters, traces in record headers, and failures in one line. */
@NullMarked
package io.gonkapulse.servicekit.observability;

import org.jspecify.annotations.NullMarked;
