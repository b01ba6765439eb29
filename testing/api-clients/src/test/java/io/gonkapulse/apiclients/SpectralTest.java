package io.gonkapulse.apiclients;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Spectral checks the OpenAPI document for what generators and readers need. */
@Tag("process")
class SpectralTest {

    @Test
    void documentHasNoFinding() throws Exception {
        assertThat(NodeTool.run(
                        "spectral",
                        "lint",
                        "target/openapi.json",
                        "--ruleset",
                        "tools/spectral.yaml",
                        "--fail-severity",
                        "hint"))
                .contains("No results with a severity of 'hint' or higher found!");
    }

    /** A broken ruleset finds nothing in any document. */
    @Test
    void findsMissingDescription() throws Exception {
        assertThat(NodeTool.run(
                        "spectral", "lint", "src/test/resources/incomplete.yaml", "--ruleset", "tools/spectral.yaml"))
                .contains("operation-description");
    }
}
