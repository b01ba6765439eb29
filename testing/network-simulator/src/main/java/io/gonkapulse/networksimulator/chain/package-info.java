/** Heights, block times and the epochs they belong to. */
@NullMarked
package io.gonkapulse.networksimulator.chain;

import org.jspecify.annotations.NullMarked;
