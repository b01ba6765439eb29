package io.gonkapulse.apigateway.http;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.beans.factory.config.YamlMapFactoryBean;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * Serves the files of {@code openapi/} as one JSON document. They are written by hand; tests compare them with the routes.
 */
@RestController
class OpenApiController {

    private static final List<String> PARTS =
            List.of("base", "nodes", "earnings", "epochs", "history", "health", "network", "stream");

    private final byte[] document;

    OpenApiController(JsonMapper mapper) {
        YamlMapFactoryBean yaml = new YamlMapFactoryBean();
        yaml.setResources(PARTS.stream()
                .map(part -> new ClassPathResource("openapi/" + part + ".yaml"))
                .toArray(Resource[]::new));
        Map<String, Object> content = Objects.requireNonNull(yaml.getObject(), "openapi/*.yaml");
        this.document = mapper.writeValueAsBytes(content);
    }

    @GetMapping(path = "/v3/api-docs", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> document() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(document);
    }
}
