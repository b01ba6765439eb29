package io.gonkapulse.apigateway.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the OpenAPI document to a file, for generators of clients that run without the gateway. */
public final class OpenApiMain {

    private OpenApiMain() {}

    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]).toAbsolutePath();
        Files.createDirectories(file.resolveSibling("."));
        Files.write(file, OpenApiDocument.load().toJson());
    }
}
