/** API keys: a file of hashes, the commands that write it, and the rate of each key. */
@NullMarked
package io.gonkapulse.servicekit.keys;

import org.jspecify.annotations.NullMarked;
