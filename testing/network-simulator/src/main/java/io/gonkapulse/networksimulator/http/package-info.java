/** A small HTTP server whose sockets can be misused. */
@NullMarked
package io.gonkapulse.networksimulator.http;

import org.jspecify.annotations.NullMarked;
