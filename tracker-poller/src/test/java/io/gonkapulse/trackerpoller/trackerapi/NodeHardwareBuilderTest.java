package io.gonkapulse.trackerpoller.trackerapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeHardwareBuilderTest {

    @ParameterizedTest
    @CsvSource({
        "NVIDIA GeForce RTX 3090 | 24GB, RTX 3090",
        "NVIDIA GeForce RTX 4090, RTX 4090",
        "NVIDIA GeForce GTX 1080 Ti | 11GB, GTX 1080 Ti",
        "NVIDIA H100 80GB HBM3 | 80GB, H100",
        "NVIDIA H100 80GB HBM3, H100",
        "NVIDIA H100 PCIe, H100",
        "NVIDIA H100 NVL, H100 NVL",
        "NVIDIA H200 | 141 GB, H200",
        "NVIDIA A100-SXM4-80GB | 80GB, A100",
        "NVIDIA A100-PCIE-40GB, A100",
        "NVIDIA B200 | 180GB, B200",
        "NVIDIA L40S, L40S",
        "NVIDIA GH200 480GB, GH200",
        "Tesla V100-SXM2-32GB, V100",
        "NVIDIA RTX 6000 Ada Generation, RTX 6000 Ada",
        "NVIDIA RTX PRO 6000 Blackwell Server Edition | 96GB, RTX PRO 6000 Blackwell",
        "AMD Instinct MI300X, MI300X",
        "NVIDIA(R) GeForce(TM), NVIDIA(R) GeForce(TM)",
        "rtx_3090, rtx 3090",
        "some new thing, some new thing"
    })
    void shortensCardName(String type, String name) {
        assertThat(NodeHardwareBuilder.shortName(type)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\u0000\u0007"})
    void isEmptyForBlankText(String type) {
        assertThat(NodeHardwareBuilder.shortName(type)).isEmpty();
    }

    @Test
    void limitsLength() {
        assertThat(NodeHardwareBuilder.shortName("x".repeat(10_000))).contains("x".repeat(50));
        assertThat(NodeHardwareBuilder.shortName("| " + "x".repeat(10_000)).orElseThrow())
                .hasSize(50);
    }
}
