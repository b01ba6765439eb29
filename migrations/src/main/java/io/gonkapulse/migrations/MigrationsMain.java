package io.gonkapulse.migrations;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Entry point: runs one command and exits. */
public final class MigrationsMain {

    private MigrationsMain() {}

    public static void main(String[] arguments) {
        System.exit(new MigrationsApplication(writer(System.out), writer(System.err))
                .run(List.of(arguments), systemProperties(), System.getenv()));
    }

    private static PrintWriter writer(PrintStream stream) {
        OutputStream bytes = stream;
        return new PrintWriter(bytes, true, UTF_8);
    }

    private static Map<String, String> systemProperties() {
        return System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("spring.datasource.") || name.startsWith("db."))
                .collect(Collectors.toMap(name -> name, System::getProperty));
    }
}
