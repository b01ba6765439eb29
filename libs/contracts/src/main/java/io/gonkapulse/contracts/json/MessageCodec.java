package io.gonkapulse.contracts.json;

/** Encodes and decodes the messages of one topic. Safe for use by many threads. */
public interface MessageCodec<T> {

    byte[] encode(T message);

    /** Throws {@link UndecodableMessageException} unless the bytes are a complete message of a known version. */
    T decode(byte[] json);
}
