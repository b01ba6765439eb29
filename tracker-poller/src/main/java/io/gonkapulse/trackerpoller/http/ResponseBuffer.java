package io.gonkapulse.trackerpoller.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A body on its way in: in memory while it is small, in a temporary file from then on; never on the heap twice. */
final class ResponseBuffer implements AutoCloseable {

    /** Whose it is, if its process was killed before it could delete it. */
    static final String PREFIX = "answer-" + ProcessHandle.current().pid() + "-";

    private final int maxMemoryBytes;
    private MemoryBuffer memory = new MemoryBuffer();
    private @Nullable Path file;
    private @Nullable OutputStream fileOutput;
    private long size;
    private boolean closed;

    ResponseBuffer(int inMemory) {
        this.maxMemoryBytes = inMemory;
    }

    synchronized void write(ByteBuffer bytes) throws IOException {
        if (closed) {
            return;
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        size += copy.length;
        if (fileOutput == null && size > maxMemoryBytes) {
            fileOutput = moveToFile();
        }
        if (fileOutput == null) {
            memory.writeBytes(copy);
        } else {
            fileOutput.write(copy);
        }
    }

    /** Nothing more will be written. */
    synchronized void complete() throws IOException {
        if (fileOutput != null) {
            fileOutput.close();
        }
    }

    synchronized long size() {
        return size;
    }

    synchronized InputStream open() throws IOException {
        if (closed) {
            throw new IOException("The answer was given up already");
        }
        return file == null ? memory.open() : Files.newInputStream(file);
    }

    @Override
    public synchronized void close() {
        closed = true;
        memory = new MemoryBuffer();
        try {
            complete();
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // What is left of a file in the directory for temporary files does no harm.
        }
    }

    private OutputStream moveToFile() throws IOException {
        Path spooled = Files.createTempFile(PREFIX, ".json");
        file = spooled;
        OutputStream out = Files.newOutputStream(spooled);
        memory.writeTo(out);
        memory = new MemoryBuffer();
        return out;
    }

    /** Can be read where it stands. */
    private static final class MemoryBuffer extends ByteArrayOutputStream {
        InputStream open() {
            return new ByteArrayInputStream(buf, 0, count);
        }
    }
}
