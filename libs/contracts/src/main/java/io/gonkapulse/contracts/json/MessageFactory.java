package io.gonkapulse.contracts.json;

import java.util.function.Supplier;

/** Messages refuse what cannot be true; out of JSON such a refusal is one of the message, not of our code. */
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
