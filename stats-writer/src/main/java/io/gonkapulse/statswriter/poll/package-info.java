/** Polls: the state of every tracker, and what its silence about a node means. */
@NullMarked
package io.gonkapulse.statswriter.poll;

import org.jspecify.annotations.NullMarked;
