package io.gonkapulse.trackerpoller.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/** A completely received body. Large bodies are in a temporary file, not on the heap. Not thread-safe. */
public interface TrackerResponse extends AutoCloseable {

    /** When the last byte arrived, or when the server confirmed the cached body. */
    Instant arrivedAt();

    /** The uncompressed body from its beginning; each call opens a new stream. */
    InputStream open() throws IOException;

    /** In bytes: received or uncompressed so far, whichever is larger. */
    long length();

    /** Deletes the temporary file, if there is one. */
    @Override
    void close();
}
