package io.gonkapulse.localservers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A second process that tries to lock the same directory and prints the outcome. */
final class LockAttemptMain {

    private static final Pattern HOLDER = Pattern.compile("in use by process [0-9]+");

    private LockAttemptMain() {}

    static String run(Path directory) throws Exception {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockAttemptMain.class.getName(),
                        directory.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    }

    public static void main(String[] arguments) {
        try (LockedDirectory directory = LockedDirectory.open(Path.of(arguments[0]))) {
            System.out.println(directory.path().isAbsolute() ? "locked" : "locked something else");
        } catch (DirectoryRefusedException e) {
            System.out.println(HOLDER.matcher(String.valueOf(e.getMessage()))
                    .results()
                    .map(MatchResult::group)
                    .findFirst()
                    .orElse("refused"));
        }
    }
}
