package io.gonkapulse.testkit.junit;

/** A server that keeps its port and data across {@link #stop} and {@link #start}. {@link #close} is final. */
interface RestartableServer extends AutoCloseable {

    void start();

    /** Stops the server and keeps its port and data. */
    void stop();

    @Override
    void close();
}
