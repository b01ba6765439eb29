package io.gonkapulse.trackerpoller.assignment;

/**
 * Ends the process at once. When the virtual machine has failed, nobody knows which of its threads still run: a poller that
 * went on could own a tracker that nobody polls, and to stop in good order might never end.
 */
public interface FatalErrorHandler {

    void haltProcess();
}
