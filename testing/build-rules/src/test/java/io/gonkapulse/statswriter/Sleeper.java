package io.gonkapulse.statswriter;

import java.util.concurrent.locks.LockSupport;

class Sleeper {

    void pause() throws InterruptedException {
        Thread.sleep(1);
    }

    void park() {
        LockSupport.parkNanos(1);
    }
}
