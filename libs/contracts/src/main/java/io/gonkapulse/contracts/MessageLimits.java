package io.gonkapulse.contracts;

import java.math.BigInteger;
import java.time.Instant;

/**
 * The limits of the values in one record. The publisher and the consumers check the same limits, so no consumer refuses
 * a published record.
 *
 * <p>The limits are wide enough for the chain, and narrow enough that every sum fits into the tables. They depend on
 * one record alone: a rule across records would depend on their order. A changed limit needs a new release and a
 * rebuild, because records that were refused before may be accepted after it.
 */
public final class MessageLimits {

    /** The total supply of GNK, in ngonka. Limits the earned amount and the reward of one node in one epoch. */
    public static final Ngonka MAX_AMOUNT = new Ngonka(BigInteger.TEN.pow(18));

    /** Enough for 27,000 years: an epoch lasts about a day. */
    public static final long MAX_EPOCH = 10_000_000;

    /**
     * The limit of each counter of one node in one epoch. The sum over {@link #MAX_EPOCH} epochs fits into 63 bits.
     */
    public static final long MAX_COUNT = 100_000_000_000L;

    /** Twelve digits, like the column of the weight. */
    public static final long MAX_WEIGHT = 999_999_999_999L;

    /** Characters of a word of the chain or of a GPU type. */
    public static final int MAX_WORD_LENGTH = 50;

    /** Characters of an id of a poll or a command, and of a display name. */
    public static final int MAX_ID_LENGTH = 100;

    /** Characters of a model and of an owner. */
    public static final int MAX_TEXT_LENGTH = 255;

    /** Models of one node. */
    public static final int MAX_MODELS = 64;

    private static final int MAX_QUOTE_LENGTH = 90;

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

    /** An earlier time means that the sender left the field at its default. */
    static Instant requireAfter1970(Instant time, String name) {
        if (time.isBefore(Instant.EPOCH)) {
            throw new OutOfBoundsException("Expected " + name + " from 1970 on, got " + time);
        }
        return time;
    }

    static void requireNotNegative(long value, String name) {
        if (value < 0) {
            throw new IllegalArgumentException("Expected " + name + " to be 0 or more, got " + value);
        }
    }

    private static long requireBetween(long min, long value, long max, String name) {
        if (value < min || value > max) {
            throw new OutOfBoundsException("Expected " + name + " from " + min + " to " + max + ", got " + value);
        }
        return value;
    }

    static String requireMaxLength(int maxLength, String text, String name) {
        if (text.length() > maxLength) {
            throw new IllegalArgumentException(
                    "Expected " + name + " of at most " + maxLength + " characters, got " + text.length());
        }
        return text;
    }

    /** Shortens external text that an error message quotes. */
    static String shorten(String text) {
        return text.length() <= MAX_QUOTE_LENGTH ? text : text.substring(0, MAX_QUOTE_LENGTH) + "…";
    }

    /** A value outside of the limits. */
    public static final class OutOfBoundsException extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        private OutOfBoundsException(String message) {
            super(message);
        }
    }
}
