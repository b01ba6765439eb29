/** Changes of nodes and epochs as server-sent events. One statement a second reads the data of all streams. */
@NullMarked
package io.gonkapulse.apigateway.stream;

import org.jspecify.annotations.NullMarked;
