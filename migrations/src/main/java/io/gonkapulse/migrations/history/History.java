package io.gonkapulse.migrations.history;

import static java.time.ZoneOffset.UTC;
import static java.util.Comparator.comparingInt;

import io.gonkapulse.migrations.history.KnownStep.Applied;
import io.gonkapulse.migrations.history.KnownStep.State;
import io.gonkapulse.migrations.steps.StepFolder;
import java.sql.Connection;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/** All steps that the program or the database knows, in order. */
public record History(List<KnownStep> steps) {

    public static History read(Connection connection, StepFolder folder) {
        Map<Integer, KnownStep> newest = new TreeMap<>();
        Arrays.stream(Flyways.on(connection, folder, "latest").info().all())
                .filter(info -> info.getVersion() != null && info.getState() != MigrationState.DELETED)
                .map(History::step)
                .sorted(comparingInt(KnownStep::version))
                .forEach(step -> newest.put(step.version(), step));
        return new History(List.copyOf(newest.values()));
    }

    /** 0 for an empty database. */
    public int version() {
        return steps.stream()
                .filter(KnownStep::isApplied)
                .mapToInt(KnownStep::version)
                .max()
                .orElse(0);
    }

    public int newestKnown() {
        return steps.stream()
                .filter(step -> step.checksum() != null)
                .mapToInt(KnownStep::version)
                .max()
                .orElse(0);
    }

    public List<KnownStep> pending() {
        return steps.stream().filter(step -> step.state() == State.PENDING).toList();
    }

    public Optional<KnownStep> step(int version) {
        return steps.stream().filter(step -> step.version() == version).findFirst();
    }

    private static KnownStep step(MigrationInfo info) {
        return new KnownStep(
                Integer.parseInt(info.getVersion().getVersion()),
                info.getDescription(),
                info.getScript(),
                info.getResolvedChecksum(),
                state(info),
                info.getState().isApplied() ? Optional.of(applied(info)) : Optional.empty());
    }

    private static State state(MigrationInfo info) {
        return switch (info.getState()) {
            case SUCCESS, OUT_OF_ORDER -> info.isChecksumMatching() ? State.APPLIED : State.CHANGED;
            case FUTURE_SUCCESS -> State.FUTURE;
            case MISSING_SUCCESS -> State.MISSING;
            case FAILED, FUTURE_FAILED, MISSING_FAILED -> State.FAILED;
            default -> State.PENDING;
        };
    }

    private static Applied applied(MigrationInfo info) {
        // A column without a zone, written by sessions that count in UTC and read as the time of this machine.
        LocalDateTime installed = LocalDateTime.ofInstant(info.getInstalledOn().toInstant(), ZoneId.systemDefault());
        return new Applied(installed.toInstant(UTC), Duration.ofMillis(info.getExecutionTime()), info.getInstalledBy());
    }
}
