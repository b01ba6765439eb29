/** A small HTTP server that can reset connections and send endless or slow bodies. */
@NullMarked
package io.gonkapulse.networksimulator.http;

import org.jspecify.annotations.NullMarked;
