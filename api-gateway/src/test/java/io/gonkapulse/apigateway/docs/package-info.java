/** The description of the API, held against what it does. */
@NullMarked
package io.gonkapulse.apigateway.docs;

import org.jspecify.annotations.NullMarked;
