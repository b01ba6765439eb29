/** The gateway over HTTP, against pgbench on the same database with the same SQL. */
@NullMarked
package io.gonkapulse.benchmarks.api;

import org.jspecify.annotations.NullMarked;
