package io.gonkapulse.contracts.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads times of which many in a row are of one day: its date is worked out once. For one thread. */
final class DayCache {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int DATE = "2025-12-08T".length();
    private static final int REST = DATE - Long.BYTES;

    private long head;
    private long tail;
    private long micros;
    private boolean known;

    /** As {@link Timestamps#micros}. */
    long micros(byte[] text, int offset, int length) {
        long ofDay = Timestamps.microsOfDay(text, offset, length);
        long newHead = (long) LONG.get(text, offset);
        long newTail = (long) LONG.get(text, offset + REST);
        if (!known || newHead != head || newTail != tail) {
            micros = Timestamps.microsOfDate(text, offset);
            head = newHead;
            tail = newTail;
            known = true;
        }
        return micros + ofDay;
    }
}
