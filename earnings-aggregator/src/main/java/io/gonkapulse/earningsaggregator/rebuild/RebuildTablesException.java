package io.gonkapulse.earningsaggregator.rebuild;

import java.sql.SQLException;

/** A write to the rebuild tables failed; the stored tables are unchanged. */
final class RebuildTablesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RebuildTablesException(SQLException cause) {
        super("The rebuild tables could not be written: " + cause.getMessage(), cause);
    }
}
