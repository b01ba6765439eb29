/** Heights, block times, epochs and their stages. */
@NullMarked
package io.gonkapulse.networksimulator.chain;

import org.jspecify.annotations.NullMarked;
