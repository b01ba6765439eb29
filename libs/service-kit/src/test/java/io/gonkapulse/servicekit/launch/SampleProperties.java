package io.gonkapulse.servicekit.launch;

import io.gonkapulse.servicekit.settings.SettingException;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

@Validated
@ConfigurationProperties("sample")
record SampleProperties(
        @NotBlank String label,
        @DefaultValue("3m") Duration ttl,
        @Min(1) @DefaultValue("1") int batchSize,
        @DefaultValue List<Part> parts) {

    SampleProperties {
        if (ttl.isNegative()) {
            throw new SettingException("SAMPLE_TTL: expected no less than 0s, got " + ttl);
        }
    }

    record Part(
            String name,
            @DefaultValue("red") Colour colour,
            @DefaultValue("1") int maxCount) {}

    enum Colour {
        RED,
        GREEN
    }
}
