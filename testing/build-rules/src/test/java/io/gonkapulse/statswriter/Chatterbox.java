package io.gonkapulse.statswriter;

class Chatterbox {

    void print() {
        System.out.println("measured");
    }

    void complain() {
        System.err.println("skipped");
    }
}
