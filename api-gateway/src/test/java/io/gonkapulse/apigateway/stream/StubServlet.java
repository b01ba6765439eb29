package io.gonkapulse.apigateway.stream;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/** Objects of the servlet API without a server. */
final class StubServlet {

    private StubServlet() {}

    /** A request that writes to the stream. The consumer receives the names of the methods that are called. */
    static AsyncContext async(ServletOutputStream out, Consumer<String> calls) {
        ServletResponse response = proxy(
                ServletResponse.class,
                (self, method, arguments) -> method.getName().equals("getOutputStream") ? out : null);
        return proxy(AsyncContext.class, (self, method, arguments) -> {
            if (method.getName().equals("getResponse")) {
                return response;
            }
            calls.accept(method.getName());
            return null;
        });
    }

    static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
