@NullMarked
package io.gonkapulse.workercore.intake;

import org.jspecify.annotations.NullMarked;
