package io.gonkapulse.contracts.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds the end of a text of printable ASCII without escapes, eight bytes at a time. */
final class PlainTextScanner {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHEST_BITS = 0x8080808080808080L;
    private static final long SPACES = 0x2020202020202020L;
    private static final long QUOTATION_MARKS = 0x2222222222222222L;
    private static final long BACKSLASHES = 0x5c5c5c5c5c5c5c5cL;

    private PlainTextScanner() {}

    /** Returns the offset of the closing quotation mark; -1 if another character than printable ASCII comes first. */
    static int findClosingQuote(byte[] text, int from, int end) {
        int at = from;
        while (end - at >= Long.BYTES) {
            long special = specialBits((long) LONG.get(text, at));
            if (special != 0) {
                int first = at + Long.numberOfTrailingZeros(special) / Byte.SIZE;
                return text[first] == '"' ? first : -1;
            }
            at += Long.BYTES;
        }
        while (at < end) {
            byte next = text[at];
            if (next < ' ' || next == '"' || next == '\\') {
                return next == '"' ? at : -1;
            }
            at++;
        }
        return -1;
    }

    /**
     * Sets a bit in the first byte that is no plain character. Bits above the lowest one may be wrong, because the
     * subtraction carries into higher bytes.
     */
    private static long specialBits(long bytes) {
        return (zeroByteBits(bytes ^ QUOTATION_MARKS)
                        | zeroByteBits(bytes ^ BACKSLASHES)
                        | ((bytes - SPACES) & ~bytes)
                        | bytes)
                & HIGHEST_BITS;
    }

    private static long zeroByteBits(long bytes) {
        return (bytes - ONES) & ~bytes;
    }
}
