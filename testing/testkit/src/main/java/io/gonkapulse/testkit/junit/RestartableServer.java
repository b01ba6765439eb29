package io.gonkapulse.testkit.junit;

/** Something that can be stopped and comes back on the same port with all it had; closing it is for good. */
interface RestartableServer extends AutoCloseable {

    void start();

    void stop();

    @Override
    void close();
}
