@NullMarked
package io.gonkapulse.testkit.local;

import org.jspecify.annotations.NullMarked;
