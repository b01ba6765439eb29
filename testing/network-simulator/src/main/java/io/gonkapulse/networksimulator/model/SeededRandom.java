package io.gonkapulse.networksimulator.model;

import java.nio.ByteBuffer;

/**
 * Computes random numbers from the seed, a purpose and two coordinates, without state. Equal arguments give equal
 * numbers.
 */
final class SeededRandom {

    private final long seed;

    SeededRandom(long seed) {
        this.seed = SplitMix64.mix(seed);
    }

    long longFor(RandomPurpose purpose, long a, long b) {
        return SplitMix64.mix(SplitMix64.mix(SplitMix64.mix(seed ^ purpose.salt()) + a) * 31 + b);
    }

    /** Returns a number from 0 to bound − 1. */
    int intBelow(int bound, RandomPurpose purpose, long a, long b) {
        return (int) Math.floorMod(longFor(purpose, a, b), (long) bound);
    }

    boolean occurs(int share, RandomPurpose purpose, long a, long b) {
        return share > 0 && intBelow(1000, purpose, a, b) < share;
    }

    byte[] bytes(int count, RandomPurpose purpose, long a, long b) {
        ByteBuffer bytes = ByteBuffer.allocate((count + 7) / 8 * 8);
        long state = longFor(purpose, a, b);
        while (bytes.hasRemaining()) {
            state = SplitMix64.mix(state + 0x9e3779b97f4a7c15L);
            bytes.putLong(state);
        }
        byte[] cut = new byte[count];
        bytes.get(0, cut);
        return cut;
    }
}
