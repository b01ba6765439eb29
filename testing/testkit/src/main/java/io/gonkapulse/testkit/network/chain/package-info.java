/** Heights, block times and the epochs they belong to. */
@NullMarked
package io.gonkapulse.testkit.network.chain;

import org.jspecify.annotations.NullMarked;
