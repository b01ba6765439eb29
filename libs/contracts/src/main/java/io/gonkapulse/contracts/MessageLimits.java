package io.gonkapulse.contracts;

import java.math.BigInteger;
import java.time.Instant;

/**
 * The bounds of what one record may say of one node. Publisher and consumers use the same ones, so nothing is published
 * that a consumer refuses. They are wide enough for the chain and narrow enough that every sum of admissible facts fits
 * into the tables. They depend on the record alone: a rule that looked at other records would depend on their order. A
 * changed bound needs a new release and a rebuild, because records refused before may be admitted after it.
 */
public final class MessageLimits {

    /** The whole supply of GNK, in ngonka: for the earned amount and for the reward of one node in one epoch. */
    public static final Ngonka MAX_AMOUNT = new Ngonka(BigInteger.TEN.pow(18));

    /** An epoch lasts about a day. */
    public static final long MAX_EPOCH = 10_000_000;

    /** For each counter of one node in one epoch: {@link #MAX_EPOCH} of them still fit into 63 bits. */
    public static final long MAX_COUNT = 100_000_000_000L;

    /** Twelve digits, as the column of the weight has them. */
    public static final long MAX_WEIGHT = 999_999_999_999L;

    private MessageLimits() {}

    static long requireEpoch(long epoch) {
        return requireBetween(0, epoch, MAX_EPOCH, "epoch");
    }

    static long requireCount(long count, String name) {
        return requireBetween(0, count, MAX_COUNT, name);
    }

    static long requireWeight(long weight) {
        return requireBetween(0, weight, MAX_WEIGHT, "weight");
    }

    static Ngonka requireAmount(Ngonka amount, String name) {
        if (amount.isNegative() || amount.compareTo(MAX_AMOUNT) > 0) {
            throw new OutOfBoundsException("Expected " + name + " from 0 to " + MAX_AMOUNT + " ngonka, got " + amount);
        }
        return amount;
    }

    /** Earlier times are those that a sender did not set. */
    static Instant requireAfter1970(Instant time, String name) {
        if (time.isBefore(Instant.EPOCH)) {
            throw new OutOfBoundsException("Expected " + name + " from 1970 on, got " + time);
        }
        return time;
    }

    private static long requireBetween(long min, long value, long max, String name) {
        if (value < min || value > max) {
            throw new OutOfBoundsException("Expected " + name + " from " + min + " to " + max + ", got " + value);
        }
        return value;
    }
}
