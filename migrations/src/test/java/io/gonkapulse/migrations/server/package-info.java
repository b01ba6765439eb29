/** Real servers, and what tests ask of them. */
@NullMarked
package io.gonkapulse.migrations.server;

import org.jspecify.annotations.NullMarked;
