@NullMarked
package io.gonkapulse.migrations.server;

import org.jspecify.annotations.NullMarked;
