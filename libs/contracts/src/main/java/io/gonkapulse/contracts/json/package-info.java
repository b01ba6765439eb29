/** The JSON form of the messages. Field by field it is described in {@code docs/messages}. */
@NullMarked
package io.gonkapulse.contracts.json;

import org.jspecify.annotations.NullMarked;
