package io.gonkapulse.statswriter;

class PrintingMain {

    void started() {
        System.out.println("started");
    }
}
