package io.gonkapulse.statswriter;

class Sleeper {

    void pause() throws InterruptedException {
        Thread.sleep(1);
    }
}
