package io.gonkapulse.testkit.junit;

/** A server that keeps its port and data across {@link #stop} and {@link #start}. {@link #close} is final. */
interface RestartableServer extends AutoCloseable {

    void start();

    void stop();

    @Override
    void close();
}
