package io.gonkapulse.migrations.flyway;

import static java.time.ZoneOffset.UTC;
import static java.util.Comparator.comparingInt;

import io.gonkapulse.migrations.flyway.MigrationStatus.AppliedRun;
import io.gonkapulse.migrations.flyway.MigrationStatus.LifecycleState;
import io.gonkapulse.migrations.scripts.MigrationModule;
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

/** All migrations that the program or the database knows, in order of version. */
public record MigrationHistory(List<MigrationStatus> migrations) {

    public static MigrationHistory read(Connection connection, MigrationModule module) {
        Map<Integer, MigrationStatus> newest = new TreeMap<>();
        // An undone and re-applied migration has several rows; the newest one counts.
        Arrays.stream(FlywayFactory.create(connection, module, "latest").info().all())
                .filter(info -> info.getVersion() != null && info.getState() != MigrationState.DELETED)
                .map(MigrationHistory::migration)
                .sorted(comparingInt(MigrationStatus::version))
                .forEach(migration -> newest.put(migration.version(), migration));
        return new MigrationHistory(List.copyOf(newest.values()));
    }

    /** Newest applied version; 0 for an empty database. */
    public int version() {
        return migrations.stream()
                .filter(MigrationStatus::isApplied)
                .mapToInt(MigrationStatus::version)
                .max()
                .orElse(0);
    }

    /** Newest version of which this program has a script. */
    public int newestKnown() {
        return migrations.stream()
                .filter(migration -> migration.checksum() != null)
                .mapToInt(MigrationStatus::version)
                .max()
                .orElse(0);
    }

    /** In the order in which they will be applied. */
    public List<MigrationStatus> pending() {
        return migrations.stream()
                .filter(migration -> migration.state() == LifecycleState.PENDING)
                .toList();
    }

    public Optional<MigrationStatus> migration(int version) {
        return migrations.stream()
                .filter(migration -> migration.version() == version)
                .findFirst();
    }

    private static MigrationStatus migration(MigrationInfo info) {
        return new MigrationStatus(
                Integer.parseInt(info.getVersion().getVersion()),
                info.getDescription(),
                info.getScript(),
                info.getResolvedChecksum(),
                state(info),
                info.getState().isApplied() ? Optional.of(applied(info)) : Optional.empty());
    }

    private static LifecycleState state(MigrationInfo info) {
        return switch (info.getState()) {
            // Flyway reports the state of the row; a changed file shows in the checksum only.
            case SUCCESS, OUT_OF_ORDER -> info.isChecksumMatching() ? LifecycleState.APPLIED : LifecycleState.CHANGED;
            case FUTURE_SUCCESS -> LifecycleState.FUTURE;
            case MISSING_SUCCESS -> LifecycleState.MISSING;
            case FAILED, FUTURE_FAILED, MISSING_FAILED -> LifecycleState.FAILED;
            default -> LifecycleState.PENDING;
        };
    }

    private static AppliedRun applied(MigrationInfo info) {
        // The column has no time zone: sessions write it in UTC, and the driver reads it in the zone of this machine.
        LocalDateTime installed = LocalDateTime.ofInstant(info.getInstalledOn().toInstant(), ZoneId.systemDefault());
        return new AppliedRun(
                installed.toInstant(UTC), Duration.ofMillis(info.getExecutionTime()), info.getInstalledBy());
    }
}
