package io.gonkapulse.contracts.json;

import java.util.function.Supplier;

/**
 * Creates messages from decoded values. Constructors refuse impossible values; here that means an invalid message, not
 * a programming error.
 */
final class MessageFactory {

    private MessageFactory() {}

    static <T> T create(Supplier<T> message) {
        try {
            return message.get();
        } catch (IllegalArgumentException e) {
            throw UndecodableMessageException.invalidValue(e);
        }
    }
}
