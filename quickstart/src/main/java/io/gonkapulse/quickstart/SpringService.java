package io.gonkapulse.quickstart;

import io.gonkapulse.localservers.LoopbackPort;
import io.gonkapulse.quickstart.ComponentStack.StartedComponent;
import io.gonkapulse.quickstart.ComponentStack.StartupStep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A service as a component: its classes in their own Spring context, on its own port. Its configuration is
 * {@code <name>.yaml}, because one class path can have only one {@code application.yaml}. The settings given here
 * override it.
 *
 * @param name name of the service, of its configuration file and of its meters' tag {@code application}
 * @param application its configuration class
 * @param port port of its HTTP server; 0 takes a free one
 * @param settings Spring properties
 */
record SpringService(String name, Class<?> application, int port, Map<String, String> settings) {

    /** The poller has no database, but the class path contains the JDBC driver of the other services. */
    private static final String NO_DATABASE = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration";

    /** For a service without work after its start. */
    StartupStep startupStep() {
        return new StartupStep(name, () -> start(context -> {}));
    }

    /**
     * Starts the service.
     *
     * @param onStarted called with the running context
     */
    StartedComponent start(Consumer<ConfigurableApplicationContext> onStarted) {
        LoopbackPort.requireFree(name, port);
        ConfigurableApplicationContext context = new SpringApplicationBuilder(application)
                .registerShutdownHook(false)
                .run(arguments());
        onStarted.accept(context);
        String bound = context.getEnvironment().getProperty("local.server.port", String.valueOf(port));
        return new StartedComponent(List.of("http://127.0.0.1:" + bound), context::close);
    }

    /** Command-line arguments, because they override every configuration file. */
    private String[] arguments() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("spring.config.name", name);
        all.put("spring.application.name", name);
        all.put("spring.main.banner-mode", "off");
        all.put("spring.jmx.enabled", "false");
        all.put("server.address", "127.0.0.1");
        all.put("server.port", String.valueOf(port));
        if (!settings.containsKey("spring.datasource.url")) {
            all.put("spring.autoconfigure.exclude", NO_DATABASE);
        }
        all.putAll(settings);
        return all.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
    }
}
