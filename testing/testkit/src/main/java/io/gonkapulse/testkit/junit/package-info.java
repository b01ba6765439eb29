/** JUnit extension that injects a real broker and a real database, embedded or in containers. */
@NullMarked
package io.gonkapulse.testkit.junit;

import org.jspecify.annotations.NullMarked;
