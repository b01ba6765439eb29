package io.gonkapulse.trackerpoller.assignment;

/**
 * Halts the process. After an error of the virtual machine some threads may be dead: a poller that continues could hold a
 * tracker that nobody polls. An orderly shutdown may never end.
 */
public interface FatalErrorHandler {

    void haltProcess();
}
