/** API keys: a file of hashes, and the command that writes it. */
@NullMarked
package io.gonkapulse.apigateway.keys;

import org.jspecify.annotations.NullMarked;
