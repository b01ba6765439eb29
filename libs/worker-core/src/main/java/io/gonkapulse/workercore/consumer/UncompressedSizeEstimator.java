package io.gonkapulse.workercore.consumer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.DefaultRecordBatch;
import org.apache.kafka.common.utils.BufferSupplier;

/** Estimates and counts the uncompressed size of a batch without holding the bytes in memory. */
final class UncompressedSizeEstimator {

    static final long UNKNOWN = Long.MAX_VALUE;

    /** Deflate encodes at most 258 bytes in two bits. */
    private static final long GZIP_FACTOR = 1_032;

    /** Each length byte adds at most 255. */
    private static final long LZ4_FACTOR = 255;

    /** A copy of 64 bytes takes three. */
    private static final long SNAPPY_FACTOR = 22;

    private static final int ZSTD_FRAME = 0xFD2FB528;
    private static final int ZSTD_SKIPPABLE = 0x184D2A50;
    private static final int ZSTD_MAX_BLOCK_BYTES = 128 << 10;
    private static final int[] ZSTD_DICTIONARY_BYTES = {0, 1, 2, 4};
    private static final int[] ZSTD_CONTENT_BYTES = {0, 2, 4, 8};

    private final BufferSupplier buffers = BufferSupplier.create();
    private final byte[] scratch = new byte[32 << 10];

    /** Upper bound of the uncompressed size, without decompressing. */
    static long upperBound(CompressionType compression, ByteBuffer payload) {
        long size = payload.remaining();
        return switch (compression) {
            case NONE -> size;
            case GZIP -> size * GZIP_FACTOR;
            case LZ4 -> size * LZ4_FACTOR;
            case SNAPPY -> size * SNAPPY_FACTOR;
            case ZSTD -> zstdUpperBound(payload.slice().order(ByteOrder.LITTLE_ENDIAN));
        };
    }

    /**
     * RFC 8878: the header of each block has its type and length, and no block decompresses to more
     * than 128 KiB.
     */
    private static long zstdUpperBound(ByteBuffer payload) {
        long sum = 0;
        while (payload.remaining() >= Integer.BYTES) {
            int magic = payload.getInt();
            long frame = magic == ZSTD_FRAME
                    ? zstdFrameUpperBound(payload)
                    : (magic & ~0xF) == ZSTD_SKIPPABLE && payload.remaining() >= Integer.BYTES
                            ? skip(payload, Integer.toUnsignedLong(payload.getInt()), 0)
                            : UNKNOWN;
            if (frame == UNKNOWN) {
                return UNKNOWN;
            }
            sum += frame;
        }
        return payload.hasRemaining() ? UNKNOWN : sum;
    }

    private static long zstdFrameUpperBound(ByteBuffer payload) {
        if (!payload.hasRemaining()) {
            return UNKNOWN;
        }
        int descriptor = payload.get();
        boolean oneSegment = (descriptor & 0x20) != 0;
        int contentFlag = descriptor >> 6 & 3;
        int contentBytes = contentFlag == 0 && oneSegment ? 1 : ZSTD_CONTENT_BYTES[contentFlag];
        if (skip(payload, (oneSegment ? 0 : 1) + ZSTD_DICTIONARY_BYTES[descriptor & 3] + contentBytes, 0) == UNKNOWN) {
            return UNKNOWN;
        }
        long sum = 0;
        boolean last = false;
        while (!last) {
            if (payload.remaining() < 3) {
                return UNKNOWN;
            }
            int head = Short.toUnsignedInt(payload.getShort()) | Byte.toUnsignedInt(payload.get()) << 16;
            last = (head & 1) != 0;
            int size = head >> 3;
            long block = switch (head >> 1 & 3) {
                case 0 -> skip(payload, size, size);
                case 1 -> skip(payload, 1, size);
                case 2 -> skip(payload, size, ZSTD_MAX_BLOCK_BYTES);
                default -> UNKNOWN;
            };
            if (block == UNKNOWN) {
                return UNKNOWN;
            }
            sum += block;
        }
        return skip(payload, (descriptor & 4) == 0 ? 0 : 4, sum);
    }

    private static long skip(ByteBuffer payload, long bytes, long result) {
        if (payload.remaining() < bytes) {
            return UNKNOWN;
        }
        payload.position(payload.position() + (int) bytes);
        return result;
    }

    /** Decompresses piece by piece, discards the pieces, and stops beyond the limit. */
    long count(DefaultRecordBatch batch, long limit) {
        long sum = 0;
        try (InputStream stream = batch.recordInputStream(buffers)) {
            int read = 0;
            while (sum <= limit && read >= 0) {
                sum += read;
                read = stream.read(scratch, 0, scratch.length);
            }
        } catch (IOException | KafkaException e) {
            // Corrupt bytes: Kafka's consumer decompresses no further either, and it reports what
            // is wrong.
            return sum;
        }
        return sum;
    }
}
