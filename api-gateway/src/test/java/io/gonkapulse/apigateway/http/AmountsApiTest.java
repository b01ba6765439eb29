package io.gonkapulse.apigateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.apigateway.support.TestGateway;
import io.gonkapulse.networksimulator.SteppedClock;
import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@RealInfrastructure
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AmountsApiTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
    private static final String NGONKA = "Ngonka";

    private final GatewayTestData data;
    private final TestGateway gateway;

    AmountsApiTest(TestDatabase database) {
        data = GatewayTestData.in(database);
        gateway = TestGateway.start(database, SteppedClock.at(NOW));
    }

    /** The last digit of each amount is lost in eight decimals. */
    @BeforeAll
    void insertAmounts() {
        UUID id = data.node("gonka1a").stats("healthy", NOW).insert();
        data.run(
                "update node_stats_cache set earnings_day_ngonka = 12500000001, earnings_total_ngonka = 1000000000003");
        data.insertEarnings(id, LocalDate.parse("2026-03-10"), "48552031736571123", "provisional");
        data.insertEarnings(id, LocalDate.parse("2026-03-09"), "-7", "settled");
        data.insertSettlement(id, 76, Instant.parse("2026-03-09T07:30:00Z"), "2251000000009", "unclaimed", null);
        data.insertSettlement(
                id,
                70,
                Instant.parse("2026-03-02T07:30:00Z"),
                "11",
                "forfeited",
                Instant.parse("2026-03-04T10:00:00Z"));
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nodes",
                "/nodes?identifier=gonka1a",
                "/nodes/gonka1a",
                "/nodes/gonka1a/earnings",
                "/nodes/gonka1a/epochs",
                "/earnings?interval=week",
                "/epochs",
                "/epochs/76"
            })
    void gnkEqualsNgonka(String path) {
        assertThat(countAmounts(gateway.get("/api/v1" + path))).isPositive();
    }

    /** Compares all amounts that have both forms, and returns their number. */
    private static int countAmounts(JsonNode node) {
        int amounts = 0;
        for (var field : node.properties()) {
            if (field.getKey().endsWith(NGONKA) && !field.getValue().isNull()) {
                String name = field.getKey().substring(0, field.getKey().length() - NGONKA.length());
                JsonNode gnk = node.has(name) ? node.get(name) : node.path(name + "Gnk");
                if (gnk.isString()) {
                    assertThat(gnk.asString()).as(field.getKey()).matches("-?[0-9]+\\.[0-9]{9}");
                    assertThat(new BigDecimal(gnk.asString()).movePointRight(9))
                            .as(field.getKey())
                            .isEqualByComparingTo(field.getValue().asString());
                    amounts++;
                }
            }
        }
        for (JsonNode child : node) {
            amounts += countAmounts(child);
        }
        return amounts;
    }
}
