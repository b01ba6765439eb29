package io.gonkapulse.testkit.process;

import java.util.TimeZone;

/** Prints its environment and arguments, and ends on request. */
final class EchoMain {

    private EchoMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.out.println("variables " + System.getenv().keySet());
        System.out.println("zone " + TimeZone.getDefault().getID());
        System.err.println("arguments " + String.join(" ", arguments));
        if (arguments.length == 0) {
            Thread.currentThread().join();
        }
        System.exit(Integer.parseInt(arguments[0]));
    }
}
