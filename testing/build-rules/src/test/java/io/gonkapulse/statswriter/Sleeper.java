package io.gonkapulse.statswriter;

class Sleeper {

    void rest() throws InterruptedException {
        Thread.sleep(1);
    }
}
