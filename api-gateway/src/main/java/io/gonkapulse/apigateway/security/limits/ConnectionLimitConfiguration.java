package io.gonkapulse.apigateway.security.limits;

import io.gonkapulse.apigateway.core.GatewayProperties;
import io.gonkapulse.servicekit.observability.PulseMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.UnknownHostException;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.catalina.util.NetMaskSet;
import org.apache.catalina.valves.RemoteIpValve;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Limits the open connections of each client in Tomcat. */
@Configuration(proxyBeanMethods = false)
class ConnectionLimitConfiguration {

    /** Has no order, so that it runs after Spring Boot's own customizers, which configure the trusted proxies. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> connectionLimit(
            GatewayProperties properties, MeterRegistry meters) {
        Counter refused = Counter.builder(PulseMeter.CONNECTIONS_REFUSED.id())
                .description(PulseMeter.CONNECTIONS_REFUSED.description())
                .register(meters);
        return factory -> {
            LimitedHttpProtocol.ConnectionLimit limit = new LimitedHttpProtocol.ConnectionLimit(
                    properties.maxConnectionsPerAddress(), trustedProxies(factory), properties.writeTimeout(), refused);
            factory.setProtocol(LimitedHttpProtocol.class.getName());
            factory.addProtocolHandlerCustomizers((LimitedHttpProtocol protocol) -> protocol.apply(limit));
        };
    }

    /** Matches the proxies whose {@code X-Forwarded-For} is trusted; no address if no proxy is trusted. */
    private static Predicate<String> trustedProxies(TomcatWebServerFactory factory) {
        return factory.getEngineValves().stream()
                .flatMap(valve -> valve instanceof RemoteIpValve remote ? Stream.of(remote) : Stream.of())
                .flatMap(valve -> Stream.ofNullable(valve.getInternalProxies()))
                .map(ConnectionLimitConfiguration::matcher)
                .reduce(address -> false, Predicate::or);
    }

    /** Interprets the setting like Tomcat: address blocks if it contains a slash, else a regular expression. */
    private static Predicate<String> matcher(String proxies) {
        if (proxies.indexOf('/') > 0) {
            NetMaskSet blocks = NetMaskSet.parse(proxies);
            return address -> contains(blocks, address);
        }
        return Pattern.compile(proxies).asMatchPredicate();
    }

    private static boolean contains(NetMaskSet blocks, String address) {
        try {
            return blocks.contains(address);
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
