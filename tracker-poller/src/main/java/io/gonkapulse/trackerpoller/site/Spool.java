package io.gonkapulse.trackerpoller.site;

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
final class Spool implements AutoCloseable {

    /** Whose it is, if its process was killed before it could delete it. */
    static final String PREFIX = "answer-" + ProcessHandle.current().pid() + "-";

    private final int inMemory;
    private Memory memory = new Memory();
    private @Nullable Path file;
    private @Nullable OutputStream toFile;
    private long size;
    private boolean closed;

    Spool(int inMemory) {
        this.inMemory = inMemory;
    }

    synchronized void write(ByteBuffer bytes) throws IOException {
        if (closed) {
            return;
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        size += copy.length;
        if (toFile == null && size > inMemory) {
            toFile = moveToFile();
        }
        if (toFile == null) {
            memory.writeBytes(copy);
        } else {
            toFile.write(copy);
        }
    }

    /** Nothing more will be written. */
    synchronized void finish() throws IOException {
        if (toFile != null) {
            toFile.close();
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
        memory = new Memory();
        try {
            finish();
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
        memory = new Memory();
        return out;
    }

    /** Can be read where it stands. */
    private static final class Memory extends ByteArrayOutputStream {
        InputStream open() {
            return new ByteArrayInputStream(buf, 0, count);
        }
    }
}
