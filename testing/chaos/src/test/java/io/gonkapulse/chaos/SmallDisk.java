package io.gonkapulse.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A tmpfs that can be filled to the last byte. Mounting needs root. */
final class SmallDisk implements AutoCloseable {

    private static final String SIZE = "256m";
    private static final int CHUNK = 1 << 20;

    private final Path root;
    private final boolean mounted;

    private SmallDisk(Path root, boolean mounted) {
        this.root = root;
        this.mounted = mounted;
    }

    /** Unmounts what an earlier run left behind. */
    static SmallDisk mount(Path root) {
        try {
            Files.createDirectories(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        while (run("umount", root.toString())) {
            // Until nothing is mounted.
        }
        return new SmallDisk(root, run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "chaos", root.toString()));
    }

    /** Without a mount the full disk is simulated. */
    static SmallDisk unavailable() {
        return new SmallDisk(Path.of("none"), false);
    }

    boolean isMounted() {
        return mounted;
    }

    Path root() {
        return root;
    }

    void fill() {
        byte[] chunk = new byte[CHUNK];
        int size = CHUNK;
        try (OutputStream out = Files.newOutputStream(filler())) {
            while (size > 0) {
                size = tryWrite(out, chunk, size) ? size : size / 2;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean tryWrite(OutputStream out, byte[] chunk, int size) {
        try {
            out.write(chunk, 0, size);
            return true;
        } catch (IOException full) {
            return false;
        }
    }

    void clear() {
        try {
            Files.deleteIfExists(filler());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path filler() {
        return root.resolve("filler");
    }

    @Override
    public void close() {
        if (mounted) {
            run("umount", root.toString());
        }
    }

    private static boolean run(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            throw new UncheckedIOException("Could not run " + String.join(" ", command), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
