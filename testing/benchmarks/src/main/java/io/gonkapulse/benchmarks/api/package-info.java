/** The gateway over HTTP, against pgbench with the same SQL on the same database. */
@NullMarked
package io.gonkapulse.benchmarks.api;

import org.jspecify.annotations.NullMarked;
