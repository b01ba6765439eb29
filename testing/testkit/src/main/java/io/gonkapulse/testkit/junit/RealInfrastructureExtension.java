package io.gonkapulse.testkit.junit;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts each shared server when the first class needs it. JUnit closes the servers with its session: Surefire executes
 * each class on its own if a module's tests run in several JVMs, so a store of the execution would not share anything.
 */
final class RealInfrastructureExtension implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(RealInfrastructureExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return TestBroker.class.isAssignableFrom(type) || TestDatabase.class.isAssignableFrom(type);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        Store classStore = outermostClass(context).getStore(NAMESPACE);
        Store sessionStore = context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE);
        if (type == TestBroker.class) {
            return classStore.computeIfAbsent(
                    type, t -> sharedBroker(sessionStore).clear(), TestBroker.class);
        }
        if (type == TestDatabase.class) {
            return classStore
                    .computeIfAbsent(
                            type,
                            t -> ClassDatabaseResource.createOn(sharedServer(sessionStore)),
                            ClassDatabaseResource.class)
                    .database();
        }
        return type == DedicatedBroker.class
                ? classStore
                        .computeIfAbsent(
                                type,
                                t -> DedicatedBrokerResource.of(BrokerServer.createStarted()),
                                DedicatedBrokerResource.class)
                        .broker()
                : classStore
                        .computeIfAbsent(
                                type,
                                t -> DedicatedDatabaseResource.of(DatabaseServer.createStarted()),
                                DedicatedDatabaseResource.class)
                        .database();
    }

    /** All classes of the JVM share the broker. */
    private static SharedBrokerResource sharedBroker(Store store) {
        return store.computeIfAbsent(
                SharedBrokerResource.class,
                t -> new SharedBrokerResource(BrokerServer.createStarted()),
                SharedBrokerResource.class);
    }

    private static DatabaseServer sharedServer(Store store) {
        return store.computeIfAbsent(DatabaseServer.class, t -> DatabaseServer.createStarted(), DatabaseServer.class);
    }

    /** Nested test classes share the store of their outermost class. */
    private static ExtensionContext outermostClass(ExtensionContext context) {
        Optional<ExtensionContext> parent = context.getParent();
        return parent.isPresent() && parent.get().getTestClass().isPresent() ? outermostClass(parent.get()) : context;
    }

    /** A database of one test class on the shared server. Closing it drops the database; the server keeps running. */
    private record ClassDatabaseResource(DatabaseServer server, TestDatabase database) implements AutoCloseable {

        private static final AtomicInteger CREATED = new AtomicInteger();

        static ClassDatabaseResource createOn(DatabaseServer server) {
            String name = "test_" + CREATED.incrementAndGet();
            DatabaseAdministrator.of(server).create(name);
            return new ClassDatabaseResource(server, new TestDatabase(server, name));
        }

        @Override
        public void close() {
            DatabaseAdministrator.of(server).drop(database.name());
        }
    }

    /** Closes a dedicated broker with its test class. */
    private record DedicatedBrokerResource(BrokerServer server, DedicatedBroker broker) implements AutoCloseable {

        static DedicatedBrokerResource of(BrokerServer server) {
            return new DedicatedBrokerResource(server, new DedicatedBroker(server));
        }

        @Override
        public void close() {
            server.close();
        }
    }

    /** Closes a dedicated database server with its test class, whether it is running or stopped. */
    private record DedicatedDatabaseResource(DatabaseServer server, DedicatedDatabase database)
            implements AutoCloseable {

        private static final String NAME = "test_dedicated";

        static DedicatedDatabaseResource of(DatabaseServer server) {
            DatabaseAdministrator.of(server).create(NAME);
            return new DedicatedDatabaseResource(server, new DedicatedDatabase(server, NAME));
        }

        @Override
        public void close() {
            server.close();
        }
    }

    /** The broker that all test classes of this JVM use, one class at a time. */
    private record SharedBrokerResource(BrokerServer server) implements AutoCloseable {

        TestBroker clear() {
            new BrokerCleaner(server.bootstrapServers()).clear();
            return new TestBroker(server.bootstrapServers());
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
