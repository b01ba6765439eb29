package io.gonkapulse.servicekit.launch;

import io.gonkapulse.servicekit.reporting.CommandReport;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A small service, also started as a process of its own. */
final class SampleMain {

    private SampleMain() {}

    public static void main(String[] arguments) {
        System.exit(program().run(arguments));
    }

    static ServiceApplication program() {
        return new ServiceApplication("sample", "Shows how a service starts.", SampleConfiguration.class)
                .withCommand("show", ShowCommand::new)
                .withCommand("wait", WaitCommand::new)
                .withJobReports("sample", System.getenv(), InstantSource.system());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(SampleProperties.class)
    static class SampleConfiguration {

        @EventListener(ContextRefreshedEvent.class)
        void started() {
            System.out.println("started");
        }

        @EventListener(ContextClosedEvent.class)
        void stopped() {
            System.out.println("stopped");
        }
    }

    @Command(name = "show")
    record ShowCommand(ServiceRunner service) implements Callable<Integer> {

        @Override
        public Integer call() {
            try (ConfigurableApplicationContext context = service.openContext()) {
                System.out.println(context.getBean(SampleProperties.class) + " at "
                        + context.getEnvironment().getProperty("spring.datasource.url") + " as "
                        + context.getEnvironment().getProperty("spring.datasource.username") + " with "
                        + context.getEnvironment().getProperty("spring.kafka.bootstrap-servers") + " for "
                        + context.getEnvironment().getProperty("spring.application.name"));
                return 0;
            }
        }
    }

    /** Works until it is stopped. */
    @Command(name = "wait")
    static final class WaitCommand implements Callable<Integer> {

        @Mixin
        private CommandReport report = new CommandReport();

        private final ServiceRunner service;

        WaitCommand(ServiceRunner service) {
            this.service = service;
        }

        @Override
        public Integer call() throws InterruptedException {
            try (ConfigurableApplicationContext context = service.openContext()) {
                report.stage("wait");
                LoggerFactory.getLogger("org.apache.kafka.clients").error("Log of {}", context.getId());
                System.out.println("waiting");
                new CountDownLatch(1).await();
                return 0;
            }
        }
    }
}
