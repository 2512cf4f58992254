package dev.tempo.standalone.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void everyPartHasItsOwnPort() {
        Ports ports = new Ports(8080);

        assertThat(Service.ROLLOUT.port(ports)).isEqualTo(8081);
        assertThat(Service.CRITIC.port(ports)).isEqualTo(8082);
        assertThat(Service.POLICY.port(ports)).isEqualTo(8083);
        assertThat(Service.JUDGE.port(ports)).isEqualTo(8084);
        assertThat(Service.EVAL.port(ports)).isEqualTo(8085);
        assertThat(ports.bootstrapServers()).isEqualTo("127.0.0.1:8092");
    }

    @Test
    void aPortThatSomebodyListensOnIsTakenAndNamedByWhatWantsIt() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Ports ports = new Ports(socket.getLocalPort() - 3);

            assertThat(ports.taken()).contains(entry(socket.getLocalPort(), "policy-service"));
        }
    }

    @Test
    void aBaseThatLeavesNoRoomIsRefused() {
        assertThatThrownBy(() -> new Ports(80)).hasMessageContaining("80");
        assertThatThrownBy(() -> new Ports(65_530)).hasMessageContaining("65530");
    }
}
