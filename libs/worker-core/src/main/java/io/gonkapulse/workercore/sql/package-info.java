/** What statements of several services share: array parameters, ids of nodes and advisory locks. */
@NullMarked
package io.gonkapulse.workercore.sql;

import org.jspecify.annotations.NullMarked;
