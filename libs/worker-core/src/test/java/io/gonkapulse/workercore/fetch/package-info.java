@NullMarked
package io.gonkapulse.workercore.fetch;

import org.jspecify.annotations.NullMarked;
