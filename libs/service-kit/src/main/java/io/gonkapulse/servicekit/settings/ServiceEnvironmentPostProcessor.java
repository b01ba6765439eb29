package io.gonkapulse.servicekit.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.Ordered;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

/**
 * Maps the database and broker settings of the environment to Spring's properties, and adds shared
 * defaults. Runs after the service's YAML file is read, because that lists the needed
 * infrastructure.
 */
final class ServiceEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

    private static final String DEFAULTS = "service-defaults.yaml";
    private static final String SPRING_URL = "spring.datasource.url";
    private static final String SPRING_SERVERS = "spring.kafka.bootstrap-servers";
    private static final String SERVERS = "KAFKA_BOOTSTRAP_SERVERS";
    /** A host name or bracketed IPv6 address, and a port. */
    private static final Pattern SERVER = Pattern.compile("(?:[^\\s:/\\[\\]]+|\\[[0-9a-fA-F:.]+]):\\d{1,5}");

    private static final Bindable<Set<ServiceDependency>> DEPENDENCIES = Bindable.setOf(ServiceDependency.class);

    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER + 5;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        addDefaults(environment);
        Set<ServiceDependency> dependencies =
                Binder.get(environment).bind("service.needs", DEPENDENCIES).orElse(Set.of());
        SettingSource settings = SettingSource.of(name -> find(environment, name));
        environment.getPropertySources().addFirst(new MapPropertySource("log format", logFormat(settings)));
        if (dependencies.contains(ServiceDependency.DATABASE)) {
            addDatabase(environment, new DatabaseSettingsReader(settings).read());
        }
        if (dependencies.contains(ServiceDependency.KAFKA)) {
            environment
                    .getPropertySources()
                    .addFirst(
                            new MapPropertySource("broker settings", Map.of(SPRING_SERVERS, brokerServers(settings))));
        }
    }

    private static void addDefaults(ConfigurableEnvironment environment) {
        try {
            for (PropertySource<?> source :
                    new YamlPropertySourceLoader().load("service defaults", new ClassPathResource(DEFAULTS))) {
                environment.getPropertySources().addLast(source);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(DEFAULTS + " cannot be read", e);
        }
    }

    /** Text for people, or JSON for a log collector. */
    private static Map<String, Object> logFormat(SettingSource settings) {
        String value = settings.find("LOG_FORMAT").orElse("text");
        String format = value.strip().toLowerCase(Locale.ROOT);
        return switch (format) {
            case "text" -> Map.of();
            case "ecs", "logstash" -> Map.of("logging.structured.format.console", format);
            default -> throw new SettingException("LOG_FORMAT: expected text, ecs or logstash, got \"" + value + '"');
        };
    }

    /** Spring's own property takes precedence, because it is the more specific name. */
    private static String brokerServers(SettingSource settings) {
        return settings.find(SPRING_SERVERS)
                .map(servers -> requireServers("SPRING_KAFKA_BOOTSTRAP_SERVERS", servers))
                .or(() -> settings.find(SERVERS).map(servers -> requireServers(SERVERS, servers)))
                .orElseThrow(() ->
                        new SettingException(SERVERS + " is missing: set it to host:port, or several with commas"));
    }

    private static String requireServers(String name, String servers) {
        if (!Arrays.stream(servers.split(",", -1))
                .allMatch(server -> SERVER.matcher(server.strip()).matches())) {
            throw new SettingException(name + ": expected host:port, or several with commas, got \"" + servers + '"');
        }
        return servers;
    }

    private static void addDatabase(ConfigurableEnvironment environment, DatabaseSettings database) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(SPRING_URL, database.url());
        properties.put("spring.datasource.username", database.username() == null ? "" : database.username());
        properties.put("spring.datasource.password", database.password() == null ? "" : database.password());
        environment.getPropertySources().addFirst(new MapPropertySource("database settings", properties));
    }

    /**
     * Ignores {@code DATABASE_URL} of the user's environment if the command line names a database.
     * A program that embeds a service, such as quickstart, does so.
     */
    private static @Nullable String find(ConfigurableEnvironment environment, String name) {
        if (name.equals("DATABASE_URL") && hasOnlySpringUrlArgument(environment)) {
            return null;
        }
        if (name.equals(SPRING_SERVERS)) {
            return environment.getProperty(name);
        }
        String value = environment.getProperty(propertyName(name));
        return value == null ? environment.getProperty(name) : value;
    }

    private static boolean hasOnlySpringUrlArgument(ConfigurableEnvironment environment) {
        PropertySource<?> arguments =
                environment.getPropertySources().get(CommandLinePropertySource.COMMAND_LINE_PROPERTY_SOURCE_NAME);
        return arguments != null
                && arguments.containsProperty(SPRING_URL)
                && !arguments.containsProperty(propertyName("DATABASE_URL"));
    }

    private static String propertyName(String name) {
        return name.replace('_', '.').toLowerCase(Locale.ROOT);
    }

    /** Infrastructure that a service needs; listed in its YAML file as {@code service.needs}. */
    enum ServiceDependency {
        DATABASE,
        KAFKA
    }
}
