package io.gonkapulse.benchmarks.writer;

import io.gonkapulse.benchmarks.fork.ForkedProgram;

/** The service alone in its JVM: drains the backlog again and again. */
final class DrainMain {

    private DrainMain() {}

    public static void main(String[] args) {
        ForkedProgram.endWhenTold();
        Drain drain = new Drain(args[0], args[1]);
        for (int round = Integer.parseInt(args[3]); round > 0; round--) {
            drain.forget();
            ForkedProgram.say(String.valueOf(drain.run(Integer.parseInt(args[2]))));
        }
        System.exit(0);
    }
}
