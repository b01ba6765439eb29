package io.gonkapulse.apigateway.http;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves the OpenAPI document as JSON and as YAML. */
@RestController
class OpenApiController {

    private static final String PATH = "/v3/api-docs";

    private final byte[] json;
    private final byte[] yaml;

    OpenApiController() {
        OpenApiDocument document = OpenApiDocument.load();
        this.json = document.toJson();
        this.yaml = document.toYaml();
    }

    @GetMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> getJson() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(json);
    }

    @GetMapping(
            path = {PATH, PATH + ".yaml"},
            produces = MediaType.APPLICATION_YAML_VALUE)
    ResponseEntity<byte[]> getYaml() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_YAML).body(yaml);
    }
}
