@NullMarked
package io.gonkapulse.apigateway.support;

import org.jspecify.annotations.NullMarked;
