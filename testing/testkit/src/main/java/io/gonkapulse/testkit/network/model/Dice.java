package io.gonkapulse.testkit.network.model;

import java.nio.ByteBuffer;

/** Numbers that look random and are a function of the seed, a purpose and two coordinates: nothing is remembered. */
final class Dice {

    private final long seed;

    Dice(long seed) {
        this.seed = Scramble.mix(seed);
    }

    long roll(Purpose purpose, long a, long b) {
        return Scramble.mix(Scramble.mix(Scramble.mix(seed ^ purpose.salt()) + a) * 31 + b);
    }

    /** From 0 to bound − 1. */
    int below(int bound, Purpose purpose, long a, long b) {
        return (int) Math.floorMod(roll(purpose, a, b), (long) bound);
    }

    boolean perMille(int share, Purpose purpose, long a, long b) {
        return share > 0 && below(1000, purpose, a, b) < share;
    }

    byte[] bytes(int count, Purpose purpose, long a, long b) {
        ByteBuffer bytes = ByteBuffer.allocate((count + 7) / 8 * 8);
        long state = roll(purpose, a, b);
        while (bytes.hasRemaining()) {
            state = Scramble.mix(state + 0x9e3779b97f4a7c15L);
            bytes.putLong(state);
        }
        byte[] cut = new byte[count];
        bytes.get(0, cut);
        return cut;
    }
}
