package io.gonkapulse.apigateway.keys;

import io.gonkapulse.servicekit.settings.SettingException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
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
        return Files.readAllLines(path).stream()
                .map(ApiKey::parse)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Who may read it stays as it is: the gateway's user still has to when root has changed it. */
    void write(List<ApiKey> keys) throws IOException {
        boolean replaces = Files.exists(path);
        Path whole = replaces ? path.toRealPath() : path.toAbsolutePath();
        Path fresh = Files.createTempFile(whole.getParent(), "keys", ".tmp");
        try {
            Files.write(
                    fresh,
                    Stream.concat(Stream.of(HEAD), keys.stream().map(ApiKey::line))
                            .toList());
            if (replaces) {
                giveAccessOf(whole, fresh);
            }
            Files.move(fresh, whole, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static void giveAccessOf(Path whole, Path fresh) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        PosixFileAttributes wanted = Files.readAttributes(whole, PosixFileAttributes.class);
        PosixFileAttributes given = view.readAttributes();
        try {
            if (!given.owner().equals(wanted.owner())) {
                view.setOwner(wanted.owner());
            }
            if (!given.group().equals(wanted.group())) {
                view.setGroup(wanted.group());
            }
            view.setPermissions(wanted.permissions());
        } catch (FileSystemException e) {
            throw refused(whole, wanted.owner().getName(), wanted.group().getName());
        }
    }

    private static SettingException refused(Path file, String owner, String group) {
        return new SettingException(file + " belongs to " + owner + ":" + group
                + ", which this user cannot keep: run this as " + owner + " or as root; nothing was changed");
    }
}
