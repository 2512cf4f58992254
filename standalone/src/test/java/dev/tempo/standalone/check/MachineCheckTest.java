package dev.tempo.standalone.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.standalone.launch.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineCheckTest {
    @TempDir
    Path workspace;

    @Test
    void javaPlatformMemoryDiskAndPortsAreEachLookedAt() {
        assertThat(MachineCheck.of(new Ports(23_500), workspace))
                .extracting(Finding::subject)
                .contains("java", "platform", "memory", "disk")
                .anyMatch(subject -> subject.startsWith("port"));
    }

    @Test
    void aTakenPortIsAProblemThatSaysWhoWantsItAndWhatToDo() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(MachineCheck.of(new Ports(socket.getLocalPort() - 12), workspace))
                    .filteredOn(finding -> finding.subject().equals("port " + socket.getLocalPort()))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.level()).isEqualTo(Finding.Level.PROBLEM);
                        assertThat(finding.text()).contains("Kafka", "--port-base");
                    });
        }
    }
}
