package io.gonkapulse.networksimulator.model;

import java.nio.ByteBuffer;

/**
 * Computes random numbers from the seed, a purpose and two coordinates, without state. Equal arguments give equal
 * numbers.
 */
final class SeededRandom {

    private final long seed;

    SeededRandom(long seed) {
        this.seed = mix(seed);
    }

    long longFor(RandomPurpose purpose, long a, long b) {
        return mix(mix(mix(seed ^ purpose.salt()) + a) * 31 + b);
    }

    /** Returns a number from 0 to bound − 1. */
    int intBelow(int bound, RandomPurpose purpose, long a, long b) {
        return (int) Math.floorMod(longFor(purpose, a, b), (long) bound);
    }

    /** Returns true for {@code share} of a thousand coordinates. */
    boolean occurs(int share, RandomPurpose purpose, long a, long b) {
        return share > 0 && intBelow(1000, purpose, a, b) < share;
    }

    byte[] bytes(int count, RandomPurpose purpose, long a, long b) {
        ByteBuffer bytes = ByteBuffer.allocate((count + 7) / 8 * 8);
        long state = longFor(purpose, a, b);
        while (bytes.hasRemaining()) {
            state = mix(state + 0x9e3779b97f4a7c15L);
            bytes.putLong(state);
        }
        byte[] cut = new byte[count];
        bytes.get(0, cut);
        return cut;
    }

    /** The finalizer of SplitMix64, a bijection of all longs. */
    static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** The inverse of {@link #mix}. Its factors are the inverses of those in {@code mix}, modulo 2<sup>64</sup>. */
    static long unmix(long value) {
        long z = value;
        z = (z ^ (z >>> 31) ^ (z >>> 62)) * 0x319642b2d24d8ec3L;
        z = (z ^ (z >>> 27) ^ (z >>> 54)) * 0x96de1b173f119089L;
        return z ^ (z >>> 30) ^ (z >>> 60);
    }
}
