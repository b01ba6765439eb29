/** The message codec, against a bare scan of the same bytes and against plain databind. */
@NullMarked
package io.gonkapulse.benchmarks.codec;

import org.jspecify.annotations.NullMarked;
