package io.gonkapulse.contracts;

import java.util.Arrays;

/**
 * Encodes and verifies addresses in bech32, the format of BIP 173. The checksum finds every error of up to four
 * characters, so a mistyped address cannot become a new node.
 */
final class Bech32Codec {

    private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int CHECKSUM_LENGTH = 6;
    private static final int MAX_LENGTH = 90;
    private static final byte[] VALUES = valuesByCharacter();
    private static final int[] GENERATOR = generatorByTopBits();

    private Bech32Codec() {}

    static void requireValid(String address) {
        int separator = address.lastIndexOf('1');
        if (separator < 1 || address.length() > MAX_LENGTH || address.length() - separator <= CHECKSUM_LENGTH) {
            throw invalid(address, "expected a prefix, 1, data and six checksum characters");
        }
        int checksum = checksumOfPrefix(address, separator);
        for (int i = separator + 1; i < address.length(); i++) {
            char character = address.charAt(i);
            int value = character < VALUES.length ? VALUES[character] : -1;
            if (value < 0) {
                throw invalid(address, "character " + (i + 1) + " is not in the alphabet (lower case only)");
            }
            checksum = updateChecksum(checksum, value);
        }
        if (checksum != 1) {
            throw invalid(address, "the checksum does not match: a character is wrong or missing");
        }
    }

    static String encode(String prefix, byte[] data) {
        StringBuilder address = new StringBuilder(MAX_LENGTH).append(prefix).append('1');
        int checksum = checksumOfPrefix(prefix, prefix.length());
        for (int bit = 0; bit < data.length * 8; bit += 5) {
            int value = fiveBits(data, bit);
            checksum = updateChecksum(checksum, value);
            address.append(ALPHABET.charAt(value));
        }
        for (int i = 0; i < CHECKSUM_LENGTH; i++) {
            checksum = updateChecksum(checksum, 0);
        }
        checksum ^= 1;
        for (int i = CHECKSUM_LENGTH - 1; i >= 0; i--) {
            address.append(ALPHABET.charAt(checksum >>> (5 * i) & 31));
        }
        return address.toString();
    }

    private static int fiveBits(byte[] data, int bit) {
        int first = (data[bit / 8] & 0xff) << 8;
        int second = bit / 8 + 1 < data.length ? data[bit / 8 + 1] & 0xff : 0;
        return (first | second) >>> (11 - bit % 8) & 31;
    }

    private static int checksumOfPrefix(String address, int length) {
        int checksum = 1;
        for (int i = 0; i < length; i++) {
            char character = address.charAt(i);
            if (character < 'a' || character > 'z') {
                throw invalid(address, "its prefix is not lower-case letters");
            }
            checksum = updateChecksum(checksum, character >> 5);
        }
        checksum = updateChecksum(checksum, 0);
        for (int i = 0; i < length; i++) {
            checksum = updateChecksum(checksum, address.charAt(i) & 31);
        }
        return checksum;
    }

    private static int updateChecksum(int checksum, int value) {
        return (checksum & 0x1ffffff) << 5 ^ value ^ GENERATOR[checksum >>> 25];
    }

    private static byte[] valuesByCharacter() {
        byte[] values = new byte[128];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < ALPHABET.length(); i++) {
            values[ALPHABET.charAt(i)] = (byte) i;
        }
        return values;
    }

    /**
     * The generator constants of BIP 173, summed for each combination of the five bits that select them. One table
     * look-up replaces five conditional steps for each character.
     */
    private static int[] generatorByTopBits() {
        int[] constants = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
        int[] sums = new int[32];
        for (int bits = 0; bits < sums.length; bits++) {
            for (int bit = 0; bit < constants.length; bit++) {
                sums[bits] ^= (bits >> bit & 1) * constants[bit];
            }
        }
        return sums;
    }

    private static IllegalArgumentException invalid(String address, String why) {
        return new IllegalArgumentException(
                "Expected a bech32 address, got \"" + MessageLimits.shorten(address) + "\": " + why);
    }
}
