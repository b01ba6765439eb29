package io.gonkapulse.contracts.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Parses times, and parses a date once for consecutive times of the same day. For one thread. */
final class TimestampDateCache {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int DATE_LENGTH = "2025-12-08T".length();
    private static final int TAIL_OFFSET = DATE_LENGTH - Long.BYTES;

    private long dateHead;
    private long dateTail;
    private long dateMicros;
    private boolean hasDate;

    /** Returns the same as {@link TimestampParser#parseMicros}. */
    long parseMicros(byte[] text, int offset, int length) {
        long ofDay = TimestampParser.parseMicrosOfDay(text, offset, length);
        long newHead = (long) LONG.get(text, offset);
        long newTail = (long) LONG.get(text, offset + TAIL_OFFSET);
        if (!hasDate || newHead != dateHead || newTail != dateTail) {
            dateMicros = TimestampParser.parseDateMicros(text, offset);
            dateHead = newHead;
            dateTail = newTail;
            hasDate = true;
        }
        return dateMicros + ofDay;
    }
}
