package io.gonkapulse.apigateway.security;

import io.gonkapulse.apigateway.config.GatewayProperties;
import io.gonkapulse.servicekit.metrics.PulseMeter;
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

/** Bounds the connections of each client in the web server. */
@Configuration(proxyBeanMethods = false)
class ConnectionLimitConfiguration {

    /** Without an order it runs after those of Spring Boot, which decide whether proxies are trusted. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> connectionLimit(
            GatewayProperties properties, MeterRegistry meters) {
        Counter refused = Counter.builder(PulseMeter.CONNECTIONS_REFUSED.id())
                .description(PulseMeter.CONNECTIONS_REFUSED.description())
                .register(meters);
        return factory -> {
            ConnectionLimit limit = new ConnectionLimit(
                    properties.maxConnectionsPerAddress(), trustedProxies(factory), properties.writeTimeout(), refused);
            factory.setProtocol(LimitedHttpProtocol.class.getName());
            factory.addProtocolHandlerCustomizers((LimitedHttpProtocol protocol) -> protocol.apply(limit));
        };
    }

    /** The proxies whose X-Forwarded-For is believed; nobody where it is not believed at all. */
    private static Predicate<String> trustedProxies(TomcatWebServerFactory factory) {
        return factory.getEngineValves().stream()
                .flatMap(valve -> valve instanceof RemoteIpValve remote ? Stream.of(remote) : Stream.of())
                .flatMap(valve -> Stream.ofNullable(valve.getInternalProxies()))
                .map(ConnectionLimitConfiguration::matcher)
                .reduce(address -> false, Predicate::or);
    }

    /** As Tomcat reads the setting: address blocks where it has a slash, else an expression. */
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
