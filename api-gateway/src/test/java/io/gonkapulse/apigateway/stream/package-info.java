/** Event streams over real connections, and their parts. */
@NullMarked
package io.gonkapulse.apigateway.stream;

import org.jspecify.annotations.NullMarked;
