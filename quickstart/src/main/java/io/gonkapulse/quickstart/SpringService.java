package io.gonkapulse.quickstart;

import io.gonkapulse.localservers.LoopbackPort;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A service of the system as a storey of the stack: the code of its jar in a Spring context of its own, on a port of its
 * own. Its configuration is {@code <name>.yaml}, because one class path has room for one {@code application.yaml}; the
 * settings given here win over it.
 */
record SpringService(String name, Class<?> application, int port, Map<String, String> settings) {

    /** For a service without one: the class path has what the others need for theirs. */
    private static final String NO_DATABASE = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration";

    StartupStep startupStep() {
        return new StartupStep(name, () -> start(context -> {}));
    }

    /** @param onStarted does something with the running service */
    QuickstartComponent start(Consumer<ConfigurableApplicationContext> onStarted) {
        LoopbackPort.requireFree(name, port);
        ConfigurableApplicationContext context = new SpringApplicationBuilder(application)
                .registerShutdownHook(false)
                .run(arguments());
        onStarted.accept(context);
        String bound = context.getEnvironment().getProperty("local.server.port", String.valueOf(port));
        return new QuickstartComponent(List.of("http://127.0.0.1:" + bound), context::close);
    }

    /** Arguments, because nothing in a configuration file outranks them. */
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
