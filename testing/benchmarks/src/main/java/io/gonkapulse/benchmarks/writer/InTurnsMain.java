package io.gonkapulse.benchmarks.writer;

import io.gonkapulse.benchmarks.fork.ForkedProgram;
import java.util.function.DoubleSupplier;

/** The limits and the service by turns in one JVM, so that all are as warm as each other. */
final class InTurnsMain {

    private InTurnsMain() {}

    public static void main(String[] args) {
        ForkedProgram.endWhenTold();
        int records = Integer.parseInt(args[2]);
        ParseOnly reading = new ParseOnly(args[0], false);
        ParseOnly parsing = new ParseOnly(args[0], true);
        Drain drain = new Drain(args[0], args[1]);
        for (int round = Integer.parseInt(args[3]); round > 0; round--) {
            say(Turn.READ, () -> reading.run(records));
            say(Turn.PARSE, () -> parsing.run(records));
            drain.forget();
            say(Turn.DRAIN, () -> drain.run(records));
        }
        System.exit(0);
    }

    private static void say(Turn turn, DoubleSupplier work) {
        ForkedProgram.say(turn + " " + work.getAsDouble());
    }
}
