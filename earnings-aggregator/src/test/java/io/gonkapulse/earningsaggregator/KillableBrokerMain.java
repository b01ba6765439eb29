package io.gonkapulse.earningsaggregator;

import io.gonkapulse.localservers.LocalBroker;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A broker in a separate process, so that it can be killed. */
final class KillableBrokerMain {

    private KillableBrokerMain() {}

    /** Returns when the broker has started. */
    static Process start(Path home, int port) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                KillableBrokerMain.class.getName(),
                home.toString(),
                String.valueOf(port));
        Process process = builder.redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder text = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.equals("started")) {
                drain(output);
                return process;
            }
            text.append(line).append('\n');
        }
        throw new IllegalStateException("Expected a broker, got:\n" + text);
    }

    /** Drains the output, so that the process never blocks on a full pipe. */
    private static void drain(BufferedReader output) {
        Thread drain = new Thread(() -> output.lines().forEach(line -> {}), "killable-broker-output");
        drain.setDaemon(true);
        drain.start();
    }

    public static void main(String[] arguments) throws InterruptedException {
        new LocalBroker(Path.of(arguments[0]), Integer.parseInt(arguments[1])).start();
        System.out.println("started");
        new CountDownLatch(1).await();
    }
}
