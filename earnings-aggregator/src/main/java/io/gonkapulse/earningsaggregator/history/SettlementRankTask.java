package io.gonkapulse.earningsaggregator.history;

import static java.util.Objects.requireNonNull;

import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/** Ranks the settlements of epochs whose rewards have changed, each epoch in a transaction of its own. */
public final class SettlementRankTask {

    private static final Logger LOG = LoggerFactory.getLogger(SettlementRankTask.class);

    private final JdbcOperations jdbc;
    private final TransactionOperations transactions;
    private final BooleanSupplier schemaUsable;

    /**
     * Creates the task.
     *
     * @param schemaUsable whether the database has the tables of ranks; false before its migration
     */
    public SettlementRankTask(JdbcOperations jdbc, TransactionOperations transactions, BooleanSupplier schemaUsable) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.schemaUsable = schemaUsable;
    }

    /** A failure is only logged: the next run follows soon. */
    public void run() {
        try {
            boolean ranked = schemaUsable.getAsBoolean();
            while (ranked) {
                ranked = requireNonNull(transactions.execute(status -> rankNewest()));
            }
        } catch (DataAccessException | TransactionException e) {
            LOG.info("Could not rank settlements, retrying at the next run: {}", e.getMessage());
        }
    }

    private boolean rankNewest() {
        return requireNonNull(jdbc.execute((ConnectionCallback<Boolean>) connection -> {
            // As for a batch: no history swap meanwhile.
            EarningsWriter.HISTORY_SWAP_LOCK.acquireSharedUntilCommit(connection);
            return SettlementRankWriter.rankNewest(connection);
        }));
    }
}
