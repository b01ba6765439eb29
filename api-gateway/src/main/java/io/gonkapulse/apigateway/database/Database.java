package io.gonkapulse.apigateway.database;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Gives each route a client whose statements end in time, so that a slow one costs itself and not the pool. */
@Component
public class Database {

    private static final int SHARE_OF_LOOK_UPS = 3;

    private final DataSource dataSource;
    private final int mostLookUps;

    Database(DataSource dataSource, @Value("${spring.datasource.hikari.maximum-pool-size}") int sessions) {
        this.dataSource = dataSource;
        this.mostLookUps = Math.max(1, sessions / SHARE_OF_LOOK_UPS);
    }

    /** Look-ups of one route, on a third of the sessions: merged ones need few, and others want some, too. */
    public <Q, A> Together<Q, A> together(BiPredicate<Q, Q> alike, Function<List<Q>, Map<Q, A>> statement) {
        return new Together<>(mostLookUps, alike, statement);
    }

    public JdbcClient client(Duration timeout) {
        JdbcTemplate template = new JdbcTemplate(dataSource);
        template.setQueryTimeout(Math.toIntExact(timeout.toSeconds()));
        return JdbcClient.create(template);
    }
}
