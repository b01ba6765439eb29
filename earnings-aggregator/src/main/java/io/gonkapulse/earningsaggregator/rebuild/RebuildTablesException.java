package io.gonkapulse.earningsaggregator.rebuild;

import java.sql.SQLException;

/** The database refused a part of the shadow; nothing that is real was touched. */
final class RebuildTablesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RebuildTablesException(SQLException cause) {
        super("The shadow could not be written: " + cause.getMessage(), cause);
    }
}
