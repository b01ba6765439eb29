package io.gonkapulse.contracts.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight to sixteen fixed bytes, compared as two overlapping {@code long} values. It is a record because the JIT
 * compiler treats the components of a static final record as constants.
 */
record ByteLiteral(long first, long last, int length) {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    static ByteLiteral of(String ascii) {
        byte[] bytes = ascii.getBytes(ISO_8859_1);
        if (bytes.length < Long.BYTES || bytes.length > 2 * Long.BYTES) {
            throw new IllegalArgumentException("Expected 8 to 16 bytes, got " + ascii);
        }
        return new ByteLiteral(
                (long) LONG.get(bytes, 0), (long) LONG.get(bytes, bytes.length - Long.BYTES), bytes.length);
    }

    boolean matches(byte[] text, int offset, int end) {
        return end - offset >= length
                && (long) LONG.get(text, offset) == first
                && (long) LONG.get(text, offset + length - Long.BYTES) == last;
    }
}
