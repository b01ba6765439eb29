package io.gonkapulse.trackerpoller.trackerapi.json;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Parses numbers of 0 or more in any notation: {@code 3965}, {@code 3.965e3} and {@code 3965.0} are equal. */
final class WholeNumberParser {

    private static final BigInteger MAX_VALUE = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
    private static final int LONG_SAFE_DIGITS = 18;

    /** 1e999999999 is short, but needs hundreds of megabytes as an integer. */
    private static final int MAX_DIGITS = 30;

    private static final int MAX_LENGTH = 40;

    private WholeNumberParser() {}

    /** Most numbers are plain digits; only others need a BigInteger. */
    static long parseLong(String text, String path) {
        if (isPlain(text)) {
            return Long.parseLong(text);
        }
        BigInteger value = parse(text, path);
        if (value.bitLength() > 63) {
            throw malformed(path);
        }
        return value.longValue();
    }

    /** The chain counts with unsigned 64-bit numbers. */
    static BigInteger parse(String text, String path) {
        if (isPlain(text)) {
            return BigInteger.valueOf(Long.parseLong(text));
        }
        try {
            BigInteger value = parseDecimal(text, path).toBigIntegerExact();
            if (value.compareTo(MAX_VALUE) <= 0) {
                return value;
            }
        } catch (ArithmeticException e) {
            throw malformed(path);
        }
        throw malformed(path);
    }

    static BigDecimal parseDecimal(String text, String path) {
        if (text.length() > MAX_LENGTH || !isAscii(text)) {
            throw malformed(path);
        }
        try {
            BigDecimal value = new BigDecimal(text);
            if (value.signum() >= 0
                    && value.precision() <= MAX_DIGITS
                    && Math.abs((long) value.scale()) <= MAX_DIGITS) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw malformed(path);
        }
        throw malformed(path);
    }

    /** BigDecimal would accept digits of other scripts. */
    private static boolean isAscii(String text) {
        return text.chars().allMatch(character -> character < 0x80);
    }

    private static boolean isPlain(String text) {
        return !text.isEmpty()
                && text.length() <= LONG_SAFE_DIGITS
                && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }

    private static MalformedValueException malformed(String path) {
        return new MalformedValueException("Expected a number from 0 to 2^64-1 as " + path + ", got something else");
    }
}
