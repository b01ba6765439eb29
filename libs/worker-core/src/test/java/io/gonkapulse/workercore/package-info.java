@NullMarked
package io.gonkapulse.workercore;

import org.jspecify.annotations.NullMarked;
