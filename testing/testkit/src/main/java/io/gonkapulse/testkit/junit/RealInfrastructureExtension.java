package io.gonkapulse.testkit.junit;

import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts each shared server when the first class needs it. JUnit closes the servers with its stores. */
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
        Store ofClass = outermostClass(context).getStore(NAMESPACE);
        Store ofRun = context.getRoot().getStore(NAMESPACE);
        if (type == TestBroker.class) {
            return ofClass.computeIfAbsent(type, t -> sharedBroker(ofRun).clear(), TestBroker.class);
        }
        if (type == TestDatabase.class) {
            return ofClass.computeIfAbsent(
                            type, t -> ClassDatabaseResource.createOn(sharedServer(ofRun)), ClassDatabaseResource.class)
                    .database();
        }
        return type == DedicatedBroker.class
                ? ofClass.computeIfAbsent(
                                type,
                                t -> DedicatedBrokerResource.of(BrokerServer.createStarted()),
                                DedicatedBrokerResource.class)
                        .broker()
                : ofClass.computeIfAbsent(
                                type,
                                t -> DedicatedDatabaseResource.of(DatabaseServer.createStarted()),
                                DedicatedDatabaseResource.class)
                        .database();
    }

    private static SharedBrokerResource sharedBroker(Store store) {
        return store.computeIfAbsent(
                SharedBrokerResource.class,
                t -> new SharedBrokerResource(BrokerServer.createStarted()),
                SharedBrokerResource.class);
    }

    private static DatabaseServer sharedServer(Store store) {
        return store.computeIfAbsent(DatabaseServer.class, t -> DatabaseServer.createStarted(), DatabaseServer.class);
    }

    private static ExtensionContext outermostClass(ExtensionContext context) {
        Optional<ExtensionContext> parent = context.getParent();
        return parent.isPresent() && parent.get().getTestClass().isPresent() ? outermostClass(parent.get()) : context;
    }
}
