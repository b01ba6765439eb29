package io.gonkapulse.servicekit.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.servicekit.launch.SampleProperties.Colour;
import io.gonkapulse.servicekit.launch.SampleProperties.Part;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class InvalidSettingAnalyzerTest {

    @ParameterizedTest
    @CsvSource({
        "sample.ttl, SAMPLE_TTL",
        "sample.batch-size, SAMPLE_BATCH_SIZE",
        "sample.parts[0].max-count, SAMPLE_PARTS_0_MAX_COUNT",
        "sample.parts[10], SAMPLE_PARTS_10"
    })
    void separatesWordsByUnderscores(String property, String expected) {
        assertThat(InvalidSettingAnalyzer.toEnvironmentName(property)).isEqualTo(expected);
    }

    /** Spring calls these names legacy; a release without them must fail here. */
    @Test
    void springBindsTheseNames() {
        SampleProperties sample = bind(Map.of(
                "SAMPLE_LABEL", "a",
                "SAMPLE_BATCH_SIZE", "7",
                "SAMPLE_PARTS_0_NAME", "first",
                "SAMPLE_PARTS_0_MAX_COUNT", "3",
                "SAMPLE_PARTS_1_NAME", "second",
                "SAMPLE_PARTS_1_MAX_COUNT", "4"));

        assertThat(sample.batchSize()).isEqualTo(7);
        assertThat(sample.parts()).containsExactly(new Part("first", Colour.RED, 3), new Part("second", Colour.RED, 4));
    }

    private static SampleProperties bind(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        ConfigurationPropertySources.attach(environment);
        return Binder.get(environment).bindOrCreate("sample", SampleProperties.class);
    }
}
