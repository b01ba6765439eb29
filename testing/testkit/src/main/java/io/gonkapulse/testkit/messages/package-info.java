/** Builders of all messages with valid defaults. A test sets only the fields that it is about. */
@NullMarked
package io.gonkapulse.testkit.messages;

import org.jspecify.annotations.NullMarked;
