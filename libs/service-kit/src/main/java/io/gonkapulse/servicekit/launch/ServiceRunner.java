package io.gonkapulse.servicekit.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;

/**
 * A service with the settings of its command line. Its configuration file is {@code <name>.yaml},
 * because several services can share one class path.
 */
public final class ServiceRunner {

    private static final String ROOT_LEVEL = "--logging.level.root=";
    private static final String KAFKA_LEVEL = "--logging.level.org.apache.kafka=";

    /** A log would appear among the results of a command. A level of the root, for more or for less, replaces them. */
    private static final List<String> QUIET = List.of(
            "--spring.main.log-startup-info=false",
            ROOT_LEVEL + "warn",
            // The command itself says on stderr that reports were lost.
            "--logging.level.io.gonkapulse.jobreporter=off");

    private final String name;
    private final Class<?> application;
    private final List<String> settings;
    private final boolean reporting;

    ServiceRunner(String name, Class<?> application, List<String> settings, boolean reporting) {
        this.name = name;
        this.application = application;
        this.settings = List.copyOf(settings);
        this.reporting = reporting;
    }

    public String name() {
        return name;
    }

    /**
     * Opens the context for a command: without web server, without started consumers, and with warnings as its only
     * log. The caller closes it.
     *
     * @param overrides settings such as {@code --spring.kafka.admin.fail-fast=true}; they override
     *      the user's
     */
    public ConfigurableApplicationContext openContext(String... overrides) {
        List<String> arguments = new ArrayList<>(List.of(overrides));
        arguments.add("--spring.kafka.listener.auto-startup=false");
        if (Stream.concat(arguments.stream(), settings.stream()).noneMatch(setting -> setting.startsWith(ROOT_LEVEL))) {
            arguments.addAll(QUIET);
            // Each short-lived consumer that reads offsets logs a warning per partition, and the reporter errors.
            arguments.add(KAFKA_LEVEL + (reporting ? "off" : "error"));
        }
        return builder()
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .run(arguments(arguments));
    }

    /** Starts the service and blocks until it is stopped. */
    int runUntilStopped() {
        ConfigurableApplicationContext context = builder().run(arguments(List.of()));
        new ContextCloseListener(context).await();
        return SpringApplication.exit(context);
    }

    private SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(application);
    }

    private String[] arguments(List<String> overrides) {
        Set<String> overridden =
                overrides.stream().map(ServiceRunner::normalizedName).collect(Collectors.toSet());
        return Stream.of(
                        overrides.stream(),
                        settings.stream().filter(setting -> !overridden.contains(normalizedName(setting))),
                        Stream.of("--spring.config.name=" + name))
                .flatMap(all -> all)
                .toArray(String[]::new);
    }

    /** Makes max-records and maxRecords equal. Spring would combine a setting that occurs twice into a list. */
    private static String normalizedName(String setting) {
        return setting.substring(0, setting.indexOf('=')).replace("-", "").toLowerCase(Locale.ROOT);
    }

    /** Waits until a context is closed, by a signal or by the service itself. */
    private static final class ContextCloseListener implements ApplicationListener<ContextClosedEvent> {

        private final ConfigurableApplicationContext context;
        private final CountDownLatch closed = new CountDownLatch(1);

        ContextCloseListener(ConfigurableApplicationContext context) {
            this.context = context;
        }

        void await() {
            context.addApplicationListener(this);
            try {
                if (context.isActive()) {
                    closed.await();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Child contexts publish their own close events here, too. */
        @Override
        public void onApplicationEvent(ContextClosedEvent event) {
            if (event.getApplicationContext() == context) {
                closed.countDown();
            }
        }
    }
}
