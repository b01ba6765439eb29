package io.gonkapulse.trackerpoller.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/** A body that has arrived whole. It is kept aside, not on the heap, when it is large. */
public interface TrackerResponse extends AutoCloseable {

    /** When its last byte arrived, or when the site said that nothing had changed since. */
    Instant arrivedAt();

    /** The body from its beginning, uncompressed; each call opens another one. */
    InputStream open() throws IOException;

    /** In bytes: what came, or what was read of it uncompressed, whichever is more. */
    long length();

    /** Gives up what it was kept in. */
    @Override
    void close();
}
