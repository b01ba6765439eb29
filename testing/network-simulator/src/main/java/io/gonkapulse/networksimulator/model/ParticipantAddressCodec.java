package io.gonkapulse.networksimulator.model;

import io.gonkapulse.contracts.NodeIdentifier;
import java.nio.ByteBuffer;
import java.util.OptionalInt;

/**
 * Converts participant numbers to addresses and back. The first eight bytes of an address are the mixed number, so
 * that the reverse lookup needs no table.
 */
final class ParticipantAddressCodec {

    private static final String PREFIX = "gonka1";
    /** The alphabet of Bech32: one character carries five bits. */
    private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int CHARACTERS_PER_LONG = 13;

    private final SeededRandom random;
    private final long key;
    private final int participants;

    ParticipantAddressCodec(SeededRandom random, int participants) {
        this.random = random;
        this.key = random.longFor(RandomPurpose.ACCOUNT, 0, 0);
        this.participants = participants;
    }

    NodeIdentifier identifier(int participant) {
        byte[] rest = random.bytes(12, RandomPurpose.ACCOUNT, participant, 1);
        return NodeIdentifier.wallet(ByteBuffer.allocate(20)
                .putLong(SeededRandom.mix(participant + key))
                .put(rest)
                .array());
    }

    /**
     * Returns empty for addresses of other networks: their numbers are out of range or encode to another address.
     */
    OptionalInt find(String address) {
        if (!address.startsWith(PREFIX) || address.length() < PREFIX.length() + CHARACTERS_PER_LONG) {
            return OptionalInt.empty();
        }
        long number = SeededRandom.unmix(firstLong(address)) - key;
        boolean known = number >= 0
                && number < participants
                && identifier((int) number).value().equals(address);
        return known ? OptionalInt.of((int) number) : OptionalInt.empty();
    }

    private static long firstLong(String address) {
        long value = 0;
        for (int i = 0; i < CHARACTERS_PER_LONG - 1; i++) {
            value = (value << 5) | fiveBits(address, i);
        }
        // 13 characters carry 65 bits, so the last one contributes four only.
        return (value << 4) | (fiveBits(address, CHARACTERS_PER_LONG - 1) >> 1);
    }

    private static long fiveBits(String address, int position) {
        return Math.max(0, ALPHABET.indexOf(address.charAt(PREFIX.length() + position)));
    }
}
