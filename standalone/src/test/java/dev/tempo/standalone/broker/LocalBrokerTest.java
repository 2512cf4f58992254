package dev.tempo.standalone.broker;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
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

    @Test
    void aDirectoryWithWhichItCannotComeUpIsNamed() throws IOException {
        LocalBroker.tellOfFailure(() -> {});
        Files.writeString(directory.resolve("meta.properties"), "version=1\nnode.id=7\ncluster.id=none\n");
        assertThatThrownBy(() -> new LocalBroker(directory, 1, 2))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("7")
                .hasMessageContaining("its directory is " + directory);
    }
}
