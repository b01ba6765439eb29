package io.gonkapulse.apigateway.keys;

import io.gonkapulse.apigateway.settings.GatewayProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
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

    private final @Nullable Path path;
    private volatile Keys keys = new Keys(null, Map.of());
    private volatile String trouble = "";

    KeyRing(GatewayProperties properties) {
        this.path = properties.keysFile();
        current();
    }

    public Optional<ApiKey> find(String key) {
        return Optional.ofNullable(current().byHash().get(KeyHash.of(key)));
    }

    private Keys current() {
        if (path != null) {
            try {
                Version found = Version.of(path);
                if (!found.equals(keys.version())) {
                    keys = new Keys(found, read(path));
                }
                trouble = "";
            } catch (NoSuchFileException e) {
                revokeAll();
            } catch (IOException e) {
                tell(e.toString());
            }
        }
        return keys;
    }

    /** A file that was removed takes its keys with it; one that only cannot be read does not. */
    private void revokeAll() {
        int revoked = keys.byHash().size();
        keys = new Keys(null, Map.of());
        String found = "there is no file " + path;
        if (!found.equals(trouble)) {
            trouble = found;
            LOG.warn("GATEWAY_KEYS_FILE: {}; {} keys are revoked, no key is known", found, revoked);
        }
    }

    /** Once: whoever sends keys would fill the log otherwise. */
    private void tell(String found) {
        if (!found.equals(trouble)) {
            trouble = found;
            LOG.warn(
                    "GATEWAY_KEYS_FILE cannot be read, the {} keys known so far are kept; let the gateway's user read it: {}",
                    keys.byHash().size(),
                    found);
        }
    }

    private static Map<String, ApiKey> read(Path path) throws IOException {
        KeyFileContent content = new KeyFile(path).read();
        content.problems().forEach(problem -> LOG.warn("GATEWAY_KEYS_FILE, {}; its key is refused", problem));
        return content.keys().stream()
                .collect(Collectors.toMap(ApiKey::hash, Function.identity(), (first, second) -> second));
    }

    private record Keys(@Nullable Version version, Map<String, ApiKey> byHash) {}

    /** A file that replaces another one may have its time and its size, but is another file. */
    private record Version(
            FileTime changed, long size, @Nullable Object file) {

        private static Version of(Path path) throws IOException {
            BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
            return new Version(found.lastModifiedTime(), found.size(), found.fileKey());
        }
    }
}
