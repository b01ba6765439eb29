package io.gonkapulse.earningsaggregator.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Random;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Connections that now and then break, for good, before one of their statements or in place of their commit. */
final class CrashingSource extends DelegatingDataSource {

    private final Random random;
    private int crashes;

    CrashingSource(DataSource source, Random random) {
        super(source);
        this.random = random;
    }

    int crashes() {
        return crashes;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection real = super.getConnection();
        int statements = random.nextInt(4) > 0 ? random.nextInt(14) : Integer.MAX_VALUE;
        int[] left = {statements};
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    boolean step = method.getName().equals("prepareStatement")
                            || method.getName().equals("commit");
                    if (step && left[0]-- == 0) {
                        crashes++;
                        real.close();
                        throw new SQLException("The connection broke", "08006");
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
