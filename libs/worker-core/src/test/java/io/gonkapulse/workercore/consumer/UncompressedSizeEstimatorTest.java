package io.gonkapulse.workercore.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.DefaultRecordBatch;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.SimpleRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UncompressedSizeEstimatorTest {

    private static final int FIVE_MEGABYTES = 5 << 20;

    private final Random random = new Random(3);

    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void upperBoundCoversActualSize(CompressionType compression) {
        for (int different : new int[] {0, 1, 10, 1_000, FIVE_MEGABYTES}) {
            byte[] value = new byte[FIVE_MEGABYTES];
            byte[] noise = new byte[different];
            random.nextBytes(noise);
            System.arraycopy(noise, 0, value, 0, different);

            Sizes sizes = sizes(compression, value);

            assertThat(sizes.counted).isBetween((long) FIVE_MEGABYTES, FIVE_MEGABYTES + 100L);
            assertThat(sizes.most).isGreaterThanOrEqualTo(sizes.counted);
        }
    }

    /** The upper bound must be close enough that ordinary batches are not decompressed. */
    @ParameterizedTest
    @EnumSource(
            value = CompressionType.class,
            names = {"NONE", "ZSTD"})
    void estimatesSizeWithoutDecompressing(CompressionType compression) {
        assertThat(sizes(compression, new byte[FIVE_MEGABYTES]).most).isLessThan(FIVE_MEGABYTES + (1 << 20));
    }

    @ParameterizedTest
    @EnumSource(
            value = CompressionType.class,
            names = {"GZIP", "LZ4", "SNAPPY", "ZSTD"})
    void stopsCountingAfterLimit(CompressionType compression) {
        DefaultRecordBatch batch = batch(compression, new byte[FIVE_MEGABYTES]);

        assertThat(new UncompressedSizeEstimator().count(batch, 1_000)).isBetween(1_001L, 100_000L);
    }

    @ParameterizedTest
    @EnumSource(
            value = CompressionType.class,
            names = {"ZSTD"})
    void sizeOfInvalidFrameIsUnknown(CompressionType compression) {
        for (int length = 1; length < 50; length++) {
            byte[] noise = new byte[length];
            Arrays.fill(noise, (byte) length);
            assertThat(UncompressedSizeEstimator.upperBound(compression, ByteBuffer.wrap(noise)))
                    .isEqualTo(UncompressedSizeEstimator.UNKNOWN);
        }
    }

    private record Sizes(long most, long counted) {}

    private static Sizes sizes(CompressionType compression, byte[] value) {
        MemoryRecords records = records(compression, value);
        ByteBuffer payload =
                records.buffer().slice(DefaultRecordBatch.RECORD_BATCH_OVERHEAD, records.sizeInBytes() - 61);
        return new Sizes(
                UncompressedSizeEstimator.upperBound(compression, payload),
                new UncompressedSizeEstimator().count(first(records), Long.MAX_VALUE));
    }

    private static DefaultRecordBatch batch(CompressionType compression, byte[] value) {
        return first(records(compression, value));
    }

    private static MemoryRecords records(CompressionType compression, byte[] value) {
        return MemoryRecords.withRecords(Compression.of(compression).build(), new SimpleRecord(value));
    }

    private static DefaultRecordBatch first(MemoryRecords records) {
        return (DefaultRecordBatch) records.batches().iterator().next();
    }
}
