@NullMarked
package io.gonkapulse.workercore.gate;

import org.jspecify.annotations.NullMarked;
