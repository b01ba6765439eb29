package io.gonkapulse.jobrecorder.intake;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.gonkapulse.jobrecorder.intake.IntakeProperties.AnonymousAccess;
import io.gonkapulse.jobrecorder.intake.keys.BotPattern;
import io.gonkapulse.jobrecorder.publishing.IntakePublisher;
import io.gonkapulse.servicekit.http.RateLimiter;
import io.gonkapulse.servicekit.http.RequestIdFilter;
import io.gonkapulse.servicekit.keys.ApiKeyRegistry;
import io.gonkapulse.servicekit.settings.SettingException;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.http.ProblemDetail;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Wires the intake over HTTP. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IntakeProperties.class)
@Import({IntakeController.class, IntakeAdvice.class})
public class IntakeConfiguration {

    private static final String FORWARD_HEADERS = "server.forward-headers-strategy";
    private static final String NONE = "none";

    @Bean
    IntakePublisher intakePublisher(KafkaProperties kafka) {
        return new IntakePublisher(kafka.buildProducerProperties());
    }

    @Bean
    IntakeMetrics intakeMetrics(MeterRegistry meters) {
        return new IntakeMetrics(meters);
    }

    @Bean
    RequestIdFilter requestIdFilter() {
        return new RequestIdFilter();
    }

    @Bean
    WebMvcConfigurer intakeAccess(IntakeProperties properties, Environment environment) {
        requireSocketAddresses(properties, environment);
        IntakeAccessInterceptor access = new IntakeAccessInterceptor(
                properties.anonymous(),
                new ApiKeyRegistry<>(properties.keysFile(), "RECORDER_KEYS_FILE", BotPattern.FORMAT),
                new RateLimiter());
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(access).addPathPatterns("/api/**");
            }
        };
    }

    /** Spring would add the path of the request as {@code instance}, a field that our problems do not have. */
    @Bean
    JsonMapperBuilderCustomizer problemsWithoutInstance() {
        return mapper -> mapper.withConfigOverride(
                ProblemDetail.class,
                override -> override.setIgnorals(JsonIgnoreProperties.Value.forIgnoredProperties("instance")));
    }

    /** With the headers of proxies a client would choose its own address. */
    private static void requireSocketAddresses(IntakeProperties properties, Environment environment) {
        CloudPlatform platform = CloudPlatform.getActive(environment);
        String unset = platform != null && platform.isUsingForwardHeaders() ? "on by default on this platform" : NONE;
        String strategy =
                environment.getProperty(FORWARD_HEADERS, unset).strip().toLowerCase(Locale.ROOT);
        if (properties.anonymous() == AnonymousAccess.LOOPBACK && !strategy.equals(NONE)) {
            throw new SettingException("RECORDER_ANONYMOUS is loopback and SERVER_FORWARD_HEADERS_STRATEGY is "
                    + strategy + ": clients behind a proxy need keys; set it to none, or leave out RECORDER_ANONYMOUS");
        }
    }
}
