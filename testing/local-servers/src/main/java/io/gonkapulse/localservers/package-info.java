/**
 * A real Kafka broker and a real PostgreSQL server without Docker, with kept data for a laptop or disposable data
 * for tests.
 */
@NullMarked
package io.gonkapulse.localservers;

import org.jspecify.annotations.NullMarked;
