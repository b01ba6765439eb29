package io.gonkapulse.servicekit.launch;

import java.util.concurrent.Callable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import picocli.CommandLine.Command;

/** A small service, also started as a process of its own. */
final class SampleMain {

    private SampleMain() {}

    public static void main(String[] arguments) {
        System.exit(program().run(arguments));
    }

    static ServiceApplication program() {
        return new ServiceApplication("sample", "Shows how a service starts.", SampleConfiguration.class)
                .withCommand("show", ShowCommand::new);
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
}
