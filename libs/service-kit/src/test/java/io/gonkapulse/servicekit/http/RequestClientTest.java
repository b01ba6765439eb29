package io.gonkapulse.servicekit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.servicekit.keys.RequestRate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestClientTest {

    @Test
    void groupsIpv6Network() {
        var limit = new RequestRate(1, Duration.ofMinutes(1));
        List<RequestClient> clients = List.of(
                RequestClient.byAddress("2001:db8:1:2::1", limit),
                RequestClient.byAddress("2001:db8:1:2:ffff::9", limit),
                RequestClient.byAddress("2001:db8:1:3::1", limit),
                RequestClient.byAddress("192.0.2.1", limit));

        assertThat(clients.get(0)).isEqualTo(clients.get(1)).isNotEqualTo(clients.get(2));
        assertThat(clients.get(3).name()).isEqualTo("address 192.0.2.1");
    }
}
