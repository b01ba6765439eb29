package io.gonkapulse.apigateway.support;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Counts the statements that use the connection pool. */
final class StatementCounter implements BeanPostProcessor {

    private final AtomicInteger executed = new AtomicInteger();

    int takeCount() {
        return executed.getAndSet(0);
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource source ? createProxy(DataSource.class, source) : bean;
    }

    private <T> T createProxy(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().startsWith("execute")) {
                        executed.incrementAndGet();
                    }
                    try {
                        return wrapResult(method.invoke(target, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private Object wrapResult(Object result) {
        if (result instanceof PreparedStatement statement) {
            return createProxy(PreparedStatement.class, statement);
        }
        if (result instanceof Statement statement) {
            return createProxy(Statement.class, statement);
        }
        return result instanceof Connection connection ? createProxy(Connection.class, connection) : result;
    }
}
