package io.gonkapulse.contracts.json;

/** Turns messages of one topic into bytes and back. Safe for use by many threads. */
public interface MessageCodec<T> {

    byte[] encode(T message);

    /** Refuses anything but a complete message of a known version, with an {@link UndecodableMessageException}. */
    T decode(byte[] json);
}
