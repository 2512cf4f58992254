package dev.tempo.standalone.broker;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBrokerTest {
    @TempDir
    Path directory;

    @AfterEach
    void mayHaltAgain() {
        Exit.resetHaltProcedure();
    }

    @Test
    void aPortThatSomebodyHasTakenMeanwhileIsNamed() throws IOException {
        LocalBroker.tellOfFailure(() -> {});
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int taken = other.getLocalPort();
            int port = free.getLocalPort();
            free.close();
            assertThatThrownBy(() -> new LocalBroker(directory, port, taken))
                    .isInstanceOf(IOException.class)
                    .hasMessage("port " + port + " or " + taken + " is in use by now; choose others by --port-base");
        }
    }
}
