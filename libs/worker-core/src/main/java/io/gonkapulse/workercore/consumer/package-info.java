/** Consumes topics in batches: one transaction for rows and offset, retries, invalid records, and a size limit for fetches. */
@NullMarked
package io.gonkapulse.workercore.consumer;

import org.jspecify.annotations.NullMarked;
