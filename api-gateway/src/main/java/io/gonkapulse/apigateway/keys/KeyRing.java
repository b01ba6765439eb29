package io.gonkapulse.apigateway.keys;

import io.gonkapulse.apigateway.settings.GatewayProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Knows the keys of the file, and reads it again once it has changed: a key that is revoked is refused at once. */
@Component
public class KeyRing {

    private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);
    private static final FileTime NEVER = FileTime.fromMillis(Long.MIN_VALUE);

    private final @Nullable Path path;
    private volatile Keys keys = new Keys(NEVER, Map.of());

    KeyRing(GatewayProperties properties) {
        this.path = properties.keysFile();
    }

    public Optional<ApiKey> find(String key) {
        return Optional.ofNullable(current().byHash().get(KeyHash.of(key)));
    }

    private Keys current() {
        if (path != null) {
            try {
                FileTime changed = Files.getLastModifiedTime(path);
                if (!changed.equals(keys.changed())) {
                    keys = new Keys(changed, byHash(path));
                }
            } catch (IOException e) {
                LOG.warn("The file of keys cannot be read, the keys known so far are kept: {}", e.toString());
            }
        }
        return keys;
    }

    private static Map<String, ApiKey> byHash(Path path) throws IOException {
        return new KeyFile(path)
                .read().stream()
                        .collect(Collectors.toMap(ApiKey::hash, Function.identity(), (first, second) -> second));
    }

    private record Keys(FileTime changed, Map<String, ApiKey> byHash) {}
}
