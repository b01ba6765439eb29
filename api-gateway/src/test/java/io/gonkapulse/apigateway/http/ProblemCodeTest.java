package io.gonkapulse.apigateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.config.YamlMapFactoryBean;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProblemCodeTest {

    @Test
    void documentListsEveryCode() {
        YamlMapFactoryBean yaml = new YamlMapFactoryBean();
        yaml.setResources(new ClassPathResource("openapi/base.yaml"));
        JsonNode document = new JsonMapper().valueToTree(Objects.requireNonNull(yaml.getObject()));

        assertThat(document.at("/components/schemas/Problem/properties/code/enum")
                        .valueStream()
                        .map(JsonNode::asString))
                .containsExactlyElementsOf(Arrays.stream(ProblemCode.values())
                        .map(ProblemCode::apiName)
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "400, malformed_request",
        "404, route_not_found",
        "405, method_not_allowed",
        "406, not_acceptable",
        "413, malformed_request",
        "417, expectation_failed",
        "500, internal_error",
        "501, not_implemented",
        "505, http_version_not_supported",
        "599, internal_error"
    })
    void statusOfServerHasCode(int status, String code) {
        assertThat(ProblemCode.ofStatus(status).apiName()).isEqualTo(code);
    }
}
