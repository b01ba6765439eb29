@NullMarked
package io.gonkapulse.apigateway.keys;

import org.jspecify.annotations.NullMarked;
