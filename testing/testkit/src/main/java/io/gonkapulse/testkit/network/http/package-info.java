/** A small HTTP server whose sockets can be misused. */
@NullMarked
package io.gonkapulse.testkit.network.http;

import org.jspecify.annotations.NullMarked;
