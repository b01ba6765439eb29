package io.gonkapulse.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ClassPathResource;

/** Checks settings whose absence only a long run of hours shows: see {@link TcpProxy.CutMode#FORGOTTEN}. */
class ConnectionSettingsTest {

    private static final String POOL = "spring.datasource.hikari.";

    @ParameterizedTest
    @EnumSource(names = {"WRITER", "EARNINGS", "API"})
    void timesOutDeadConnections(ServiceRole role) {
        assertThat(settings(role).getProperty(POOL + "data-source-properties.socketTimeout"))
                .asInt()
                .isPositive();
    }

    @ParameterizedTest
    @EnumSource(names = {"WRITER", "EARNINGS"})
    void freesLocksOfDeadService(ServiceRole role) {
        assertThat(settings(role).getProperty(POOL + "connection-init-sql"))
                .contains("idle_in_transaction_session_timeout");
    }

    private static Properties settings(ServiceRole role) {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(
                new ClassPathResource("service-defaults.yaml"), new ClassPathResource(role.service() + ".yaml"));
        Properties settings = yaml.getObject();
        return settings == null ? new Properties() : settings;
    }
}
