package io.gonkapulse.earningsaggregator;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The consumer without the rest of the service, so that it starts in a second and can be killed often. A fixed group
 * instance id lets a new process take over the partitions at once.
 */
public final class KillableConsumerMain {

    private KillableConsumerMain() {}

    public static Process start(String bootstrapServers, String jdbcUrl, String username) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Duser.timezone=Asia/Kathmandu",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                KillableConsumerMain.class.getName(),
                bootstrapServers,
                jdbcUrl,
                username);
        builder.environment().keySet().removeIf(name -> name.startsWith("JAVA_TOOL"));
        builder.redirectInput(new File("/dev/null"));
        builder.redirectErrorStream(true);
        return builder.start();
    }

    public static void main(String[] arguments) throws InterruptedException {
        KillableConsumerConfiguration.createConsumer(
                        arguments[0], new DriverManagerDataSource(arguments[1], arguments[2], ""))
                .start();
        System.out.println("started");
        new CountDownLatch(1).await();
    }
}
