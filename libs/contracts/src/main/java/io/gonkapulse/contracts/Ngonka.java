package io.gonkapulse.contracts;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * An exact amount in the chain's base unit: 1 GNK = 10<sup>9</sup> ngonka. There is no upper limit, because sums exceed
 * a {@code long} and the chain's counters are unsigned 64-bit. The correction of a day can be negative.
 */
public record Ngonka(BigInteger amount) implements Comparable<Ngonka> {

    public static final Ngonka ZERO = new Ngonka(BigInteger.ZERO);

    private static final int GNK_SCALE = 9;
    private static final int STORED_SCALE = 8;
    private static final int MAX_LENGTH = 40;

    public Ngonka {
        requireNonNull(amount, "amount");
    }

    public static Ngonka of(long amount) {
        return amount == 0 ? ZERO : new Ngonka(BigInteger.valueOf(amount));
    }

    /**
     * Parses decimal digits with an optional minus sign, as the chain and the trackers write amounts. Exponents and
     * decimal points are refused.
     */
    public static Ngonka parse(String digits) {
        int first = digits.startsWith("-") ? 1 : 0;
        if (digits.length() == first || digits.length() > MAX_LENGTH) {
            throw invalidAmount(digits);
        }
        for (int i = first; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                throw invalidAmount(digits);
            }
        }
        return new Ngonka(new BigInteger(digits));
    }

    public Ngonka plus(Ngonka other) {
        return new Ngonka(amount.add(other.amount));
    }

    public Ngonka minus(Ngonka other) {
        return new Ngonka(amount.subtract(other.amount));
    }

    public Ngonka max(Ngonka other) {
        return compareTo(other) >= 0 ? this : other;
    }

    public boolean isNegative() {
        return amount.signum() < 0;
    }

    /**
     * The amount in GNK with the 8 decimals of the tables, rounded half-even. Add amounts in ngonka: rounded values
     * lose the last digit.
     */
    public BigDecimal toGnk() {
        return new BigDecimal(amount, GNK_SCALE).setScale(STORED_SCALE, RoundingMode.HALF_EVEN);
    }

    @Override
    public int compareTo(Ngonka other) {
        return amount.compareTo(other.amount);
    }

    /** The digits that {@link #parse} accepts. */
    @Override
    public String toString() {
        return amount.toString();
    }

    private static NumberFormatException invalidAmount(String digits) {
        return new NumberFormatException(
                "Expected an amount in whole ngonka (up to 39 digits), got \"" + MessageLimits.shorten(digits) + '"');
    }
}
