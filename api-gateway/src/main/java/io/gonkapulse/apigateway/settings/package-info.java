/** What can be set. */
@NullMarked
package io.gonkapulse.apigateway.settings;

import org.jspecify.annotations.NullMarked;
