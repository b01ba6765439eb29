/** Gives a test class a real broker and a real database, from inside this JVM or from containers. */
@NullMarked
package io.gonkapulse.testkit.junit;

import org.jspecify.annotations.NullMarked;
