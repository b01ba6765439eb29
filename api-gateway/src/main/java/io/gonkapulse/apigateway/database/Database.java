package io.gonkapulse.apigateway.database;

import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Gives each route a client whose statements end in time, so that a slow one costs itself and not the pool. */
@Component
public class Database {

    private final DataSource dataSource;

    Database(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    public JdbcClient client(Duration timeout) {
        JdbcTemplate template = new JdbcTemplate(dataSource);
        template.setQueryTimeout(Math.toIntExact(timeout.toSeconds()));
        return JdbcClient.create(template);
    }
}
