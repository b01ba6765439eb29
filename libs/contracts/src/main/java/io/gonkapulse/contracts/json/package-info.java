/** The JSON form of the messages. {@code docs/messages} describes each field. */
@NullMarked
package io.gonkapulse.contracts.json;

import org.jspecify.annotations.NullMarked;
