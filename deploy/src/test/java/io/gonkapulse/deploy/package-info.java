@NullMarked
package io.gonkapulse.deploy;

import org.jspecify.annotations.NullMarked;
