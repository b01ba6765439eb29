package io.gonkapulse.earningsaggregator.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Sums that are kept so that nobody must add up: are they those of the real history? */
public final class KeptSums {

    private static final String WRONG_TOTALS = """
            select concat(node.identifier, ': total ', earnings.total, ' ngonka, its days ',
                       coalesce(sum(coalesce(history.earnings_ngonka, history.earnings_gnk * 1000000000)), 0),
                       ' ngonka')
              from public.node_earnings earnings
              join public.nodes node on node.id = earnings.node_id
              left join public.earnings_history history on history.node_id = earnings.node_id
             group by node.identifier, earnings.total
            having earnings.total
                   <> coalesce(sum(coalesce(history.earnings_ngonka, history.earnings_gnk * 1000000000)), 0)
             order by node.identifier
            """;

    private static final String WRONG_DAYS = """
            with made as (
                select date,
                       coalesce(source, '') as source,
                       sum(coalesce(earnings_ngonka, earnings_gnk * 1000000000)) as ngonka,
                       count(*) as days,
                       count(*) filter (where coalesce(earnings_ngonka, earnings_gnk) <> 0) as earning_days,
                       count(*) filter (where state <> 'settled') as provisional_days
                  from public.earnings_history
                 group by 1, 2
            ), kept as (
                select *
                  from public.earnings_daily
                 where (days, earning_days, provisional_days, earnings_ngonka) <> (0, 0, 0, 0)
            )
            select concat_ws(' ', 'all nodes', date, 'by', nullif(source, ''))
                       || concat(': kept ', kept.earnings_ngonka, ' ngonka of ', kept.days, ' rows, the history has ',
                           made.ngonka, ' ngonka of ', made.days)
              from made
              full join kept using (date, source)
             where (made.ngonka, made.days, made.earning_days, made.provisional_days)
                   is distinct from
                   (kept.earnings_ngonka, kept.days, kept.earning_days, kept.provisional_days)
             order by date, source
            """;

    private KeptSums() {}

    /** One line for each node whose total is not that of its days. */
    public static List<String> wrongTotals(Connection connection) throws SQLException {
        return list(connection, WRONG_TOTALS);
    }

    /** One line for each day whose sum over all nodes is not that of the history. */
    public static List<String> wrongDays(Connection connection) throws SQLException {
        return list(connection, WRONG_DAYS);
    }

    private static List<String> list(Connection connection, String sql) throws SQLException {
        List<String> wrong = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                wrong.add(row.getString(1));
            }
        }
        return wrong;
    }
}
