package io.gonkapulse.apigateway.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.migrations.MigrationRunner;
import io.gonkapulse.servicekit.settings.DatabaseSettings;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import org.junit.jupiter.api.Test;

@RealInfrastructure
class SchemaHealthIndicatorTest {

    @Test
    void supportsNewestMigration(TestDatabase database) {
        int newest = MigrationRunner.migrate(
                        DatabaseSettings.of(
                                database.host(),
                                database.port(),
                                database.name(),
                                database.username(),
                                database.password()),
                        line -> {})
                .to();

        assertThat(SchemaHealthIndicator.SUPPORTED_SCHEMA.newestKnown()).isEqualTo(newest);
    }
}
