/** What can be set, and that it is written down. */
@NullMarked
package io.gonkapulse.apigateway.settings;

import org.jspecify.annotations.NullMarked;
