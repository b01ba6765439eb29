@NullMarked
package io.gonkapulse.workercore.sql;

import org.jspecify.annotations.NullMarked;
