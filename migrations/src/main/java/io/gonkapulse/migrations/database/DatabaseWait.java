package io.gonkapulse.migrations.database;

import static io.gonkapulse.migrations.outcome.MigrationException.failed;

import io.gonkapulse.migrations.outcome.Elapsed;
import io.gonkapulse.migrations.outcome.Narrator;
import io.gonkapulse.migrations.outcome.Timing;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Waits for a database that is about to start, with growing pauses. */
public final class DatabaseWait {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Duration longest;
    private final Narrator narrator;

    public DatabaseWait(Duration longest, Narrator narrator) {
        this.longest = longest;
        this.narrator = narrator;
    }

    public Connection connect(Database database) {
        long start = System.nanoTime();
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                return database.open();
            } catch (SQLException e) {
                pause = pauseOrGiveUp(e, database.place(), Elapsed.since(start), pause);
            }
        }
    }

    private Duration pauseOrGiveUp(SQLException failure, String place, Duration waited, Duration pause) {
        if (!ConnectFailure.passes(failure)) {
            throw ConnectFailure.explain(failure, place);
        }
        Duration left = longest.minus(waited);
        if (left.isNegative() || left.isZero()) {
            throw failed(
                    "No database at " + place + " after " + Elapsed.text(waited) + " of waiting ("
                            + ConnectFailure.firstLine(failure)
                            + "): check DB_HOST and DB_PORT (or DATABASE_URL), start it, or wait longer with --wait",
                    failure);
        }
        Duration next = pause.compareTo(left) < 0 ? pause : left;
        narrator.say("Waiting for the database at " + place + " (" + ConnectFailure.firstLine(failure) + "), "
                + Elapsed.text(waited) + " of " + Elapsed.text(longest));
        Timing.pause(next);
        return pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
    }
}
