package io.gonkapulse.apigateway.database;

import io.gonkapulse.apigateway.settings.GatewayProperties;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Gives each route a client whose statements end in time, so that a slow one costs itself and not the pool. */
@Component
public class Database {

    private final DataSource dataSource;
    private final int lookupsAtOnce;

    Database(DataSource dataSource, GatewayProperties properties) {
        this.dataSource = dataSource;
        this.lookupsAtOnce = properties.lookupsAtOnce();
    }

    /** Look-ups of one route: few statements, so that sessions are left for the others. */
    public <Q, A> Together<Q, A> together(BiPredicate<Q, Q> alike, Function<List<Q>, Map<Q, A>> statement) {
        return new Together<>(lookupsAtOnce, alike, statement);
    }

    public JdbcClient client(Duration timeout) {
        JdbcTemplate template = new JdbcTemplate(dataSource);
        template.setQueryTimeout(Math.toIntExact(timeout.toSeconds()));
        return JdbcClient.create(template);
    }
}
