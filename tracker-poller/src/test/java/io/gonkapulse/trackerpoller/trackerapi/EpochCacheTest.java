package io.gonkapulse.trackerpoller.trackerapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EpochCacheTest {

    @Test
    void evictsOldestBeyondLimit() {
        EpochCache<String> names = new EpochCache<>();
        for (long epoch = 1; epoch <= 1_000; epoch++) {
            names.put(epoch, "epoch " + epoch);
        }
        assertThat(names.get(1)).contains("epoch 1");
        names.put(1_001, "one more");
        assertThat(names.get(1)).isEmpty();
        assertThat(names.get(2)).contains("epoch 2");
        assertThat(names.get(1_001)).contains("one more");
    }
}
