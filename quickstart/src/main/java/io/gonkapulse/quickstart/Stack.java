package io.gonkapulse.quickstart;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Starts its storeys from the ground up and stops them from the top down; one that fails to start takes the rest along. */
final class Stack {

    private final Screen screen;
    private final Deque<Standing> standing = new ArrayDeque<>();
    private volatile boolean stopping;

    Stack(Screen screen) {
        this.screen = screen;
    }

    synchronized void start(List<Storey> storeys) {
        for (Storey storey : storeys) {
            if (stopping) {
                return;
            }
            start(storey);
        }
    }

    private void start(Storey storey) {
        screen.starting();
        try {
            Part part = storey.start().get();
            standing.push(new Standing(storey.name(), part));
            screen.started(storey.name(), part.addresses());
        } catch (RuntimeException e) {
            screen.failedToStart(storey.name());
            stop();
            throw e;
        }
    }

    /** One part that does not stop keeps no other from stopping. Stopping twice does nothing. */
    void stop() {
        // Said before the lock is there, so that a start under way ends with the storey that it is at.
        stopping = true;
        stopAllThatStands();
    }

    private synchronized void stopAllThatStands() {
        if (standing.isEmpty()) {
            return;
        }
        screen.stopping();
        while (!standing.isEmpty()) {
            stop(standing.pop());
        }
        screen.allStopped();
    }

    private void stop(Standing top) {
        try {
            top.part.stop().run();
            screen.stopped(top.name);
        } catch (RuntimeException e) {
            screen.failedToStop(top.name, e);
        }
    }

    private record Standing(String name, Part part) {}
}
