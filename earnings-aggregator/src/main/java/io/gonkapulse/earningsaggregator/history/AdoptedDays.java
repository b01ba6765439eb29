package io.gonkapulse.earningsaggregator.history;

import static java.util.Objects.requireNonNull;

import io.gonkapulse.contracts.Ngonka;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Adopted days that count, because the ledger of their node starts later.
 *
 * @param first null if there are none
 */
public record AdoptedDays(long days, Ngonka sum, @Nullable LocalDate first) {

    public static final AdoptedDays NONE = new AdoptedDays(0, Ngonka.ZERO, null);

    static AdoptedDays read(ResultSet row) throws SQLException {
        row.next();
        BigDecimal sum = requireNonNull(row.getBigDecimal(2));
        return new AdoptedDays(row.getLong(1), new Ngonka(sum.toBigInteger()), row.getObject(3, LocalDate.class));
    }
}
