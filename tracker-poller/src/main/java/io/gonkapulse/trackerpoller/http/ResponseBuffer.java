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

/**
 * Receives a body: small ones stay in memory, large ones move to a temporary file. So the heap never holds a large
 * body.
 */
final class ResponseBuffer implements AutoCloseable {

    /** The process id shows an operator whose file it is after the process was killed. */
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

    /** Ignores bytes after {@link #close}: the HTTP client may deliver some after a cancellation. */
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

    /** Call after the last write. */
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
            throw new IOException("The response is closed");
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
            // A leftover temporary file does no harm.
        }
    }

    /** Writes what was received so far; later bytes go to the file directly. */
    private OutputStream moveToFile() throws IOException {
        Path spooled = Files.createTempFile(PREFIX, ".json");
        file = spooled;
        OutputStream out = Files.newOutputStream(spooled);
        memory.writeTo(out);
        memory = new MemoryBuffer();
        return out;
    }

    /** Exposes its array without a copy. */
    private static final class MemoryBuffer extends ByteArrayOutputStream {
        InputStream open() {
            return new ByteArrayInputStream(buf, 0, count);
        }
    }
}
