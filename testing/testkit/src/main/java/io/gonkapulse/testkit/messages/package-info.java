/** Builders for every message: safe defaults, and only what a test is about has to be said. */
@NullMarked
package io.gonkapulse.testkit.messages;

import org.jspecify.annotations.NullMarked;
