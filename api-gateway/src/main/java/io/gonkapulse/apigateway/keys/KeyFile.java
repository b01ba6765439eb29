package io.gonkapulse.apigateway.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The file of keys. It is replaced whole, so that a gateway never reads half of it. */
record KeyFile(Path path) {

    private static final String HEAD =
            "# name, SHA-256 of the key, requests, per, created: written by api-gateway keys";

    List<ApiKey> read() throws IOException {
        if (!Files.exists(path)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(path)) {
            return lines.map(ApiKey::parse).flatMap(Optional::stream).toList();
        }
    }

    void write(List<ApiKey> keys) throws IOException {
        Path whole = path.toAbsolutePath();
        Path fresh = Files.createTempFile(whole.getParent(), "keys", ".tmp");
        Files.write(
                fresh,
                Stream.concat(Stream.of(HEAD), keys.stream().map(ApiKey::line)).toList());
        Files.move(fresh, whole, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
