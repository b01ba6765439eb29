/** The answers of a tracker and of a chain node, without any fault in them. */
@NullMarked
package io.gonkapulse.testkit.network.answer;

import org.jspecify.annotations.NullMarked;
