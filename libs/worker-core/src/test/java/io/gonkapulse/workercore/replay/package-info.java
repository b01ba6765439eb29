@NullMarked
package io.gonkapulse.workercore.replay;

import org.jspecify.annotations.NullMarked;
