@NullMarked
package io.gonkapulse.testkit.junit;

import org.jspecify.annotations.NullMarked;
