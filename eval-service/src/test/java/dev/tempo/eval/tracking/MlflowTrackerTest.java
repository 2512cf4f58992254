package dev.tempo.eval.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.tempo.eval.tracking.MlflowDouble.Mishap;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What comes to an MLflow server, whatever happens to it and to us. Time goes twenty times as fast here. */
@ExtendWith(OutputCaptureExtension.class)
class MlflowTrackerTest {
    private static final int FAST = 20;
    private static final Instant BEGINNING = Instant.now();
    private static final InstantSource CLOCK =
            () -> BEGINNING.plus(Duration.between(BEGINNING, Instant.now()).multipliedBy(FAST));
    private static final Duration PATIENCE = Duration.ofMillis(300);
    private static final Duration LONG_ENOUGH_FOR_A_HANDSHAKE = Duration.ofSeconds(30);
    private static final String SECRET = "s3cret-t0ken";

    private final List<MlflowTracker> trackers = new ArrayList<>();
    private MlflowDouble mlflow;

    @BeforeEach
    void start() throws IOException {
        mlflow = new MlflowDouble();
    }

    @AfterEach
    void stop() {
        mlflow.close();
        trackers.forEach(MlflowTracker::close);
    }

    @Test
    void aRunIsThereWithTagsParametersAndEveryNumberOnce() {
        MlflowTracker tracker = tracker(mlflow.address(), Map.of());
        for (int rounds = 1; rounds <= 5; rounds++) {
            tracker.follow(TrackedEntries.run(), TrackedEntries.rounds(rounds), MlflowStatus.RUNNING);
        }
        TrackingOutcome outcome = ended(tracker, MlflowStatus.FINISHED);

        assertThat(outcome.problem()).isNull();
        assertThat(outcome.sent()).isEqualTo(5).isEqualTo(outcome.lines());
        assertThat(outcome.words()).contains("has all that was measured, as run id0");
        assertThat(mlflow.experiments).containsOnlyKeys("tempo");
        assertThat(mlflow.only().status).isEqualTo("FINISHED");
        assertThat(mlflow.only().tags)
                .containsEntry("tempo.run", "r-1")
                .containsEntry("tempo.recipe", "quickstart")
                .containsEntry("tempo.lines", "5");
        assertThat(mlflow.only().parameters).containsEntry("stages.a.rounds", "4");
        assertThat(mlflow.metrics("tempo/policy/loss"))
                .containsExactly(
                        "tempo/policy/loss 1 1795842001250",
                        "tempo/policy/loss 2 1795842002250",
                        "tempo/policy/loss 3 1795842003250",
                        "tempo/policy/loss 4 1795842004250",
                        "tempo/policy/loss 5 1795842005250");
        assertThat(mlflow.authorizations).containsOnly("null");
    }

    @Test
    void whoeverGoesOnSendsWhatFollowsToTheSameRun() {
        MlflowTracker first = tracker(mlflow.address(), Map.of());
        first.follow(TrackedEntries.run(), TrackedEntries.rounds(3), MlflowStatus.RUNNING);
        await().until(() -> first.unsent() == 0);
        first.close();
        assertThat(mlflow.only().status).isEqualTo("KILLED");

        MlflowTracker second = tracker(mlflow.address(), Map.of());
        second.follow(TrackedEntries.run(), TrackedEntries.rounds(4), MlflowStatus.RUNNING);
        await().until(() -> mlflow.only().status.equals("RUNNING"));
        second.follow(TrackedEntries.run(), TrackedEntries.rounds(6), MlflowStatus.RUNNING);
        ended(second, MlflowStatus.FINISHED);

        assertThat(mlflow.metrics("actor/pg_loss")).hasSize(6).doesNotHaveDuplicates();
        assertThat(mlflow.statuses).containsExactly("KILLED", "RUNNING", "FINISHED");
    }

    @Test
    void aRunThatAServiceHasStoppedHasFailedUntilItGoesOn() {
        MlflowTracker tracker = tracker(mlflow.address(), Map.of());
        tracker.follow(TrackedEntries.run(), TrackedEntries.rounds(2), MlflowStatus.FAILED);
        await().until(() -> mlflow.statuses.equals(List.of("FAILED")));
        tracker.close();
        assertThat(mlflow.only().status)
                .as("stopping the services changes nothing of that")
                .isEqualTo("FAILED");
        MlflowTracker after = tracker(mlflow.address(), Map.of());
        after.follow(TrackedEntries.run(), TrackedEntries.rounds(3), MlflowStatus.RUNNING);
        ended(after, MlflowStatus.FINISHED);

        assertThat(mlflow.only().status).isEqualTo("FINISHED");
    }

    @ParameterizedTest
    @EnumSource(
            value = Mishap.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE", "UNANSWERED"})
    void whatIsMissedIsSaidOnceAndSentWhenTheServerIsBack(Mishap mishap, CapturedOutput output) {
        mlflow.has(mishap, "");
        MlflowTracker tracker = tracker(mlflow.address(), Map.of("MLFLOW_TRACKING_TOKEN", SECRET));
        tracker.follow(TrackedEntries.run(), TrackedEntries.rounds(2), MlflowStatus.RUNNING);
        await().until(() -> mlflow.mishaps() >= 3);
        assertThat(output)
                .containsOnlyOnce("MLflow does not take what is measured from now on")
                .contains("WARN");
        mlflow.has(Mishap.NONE, "");
        await().until(() -> tracker.unsent() == 0);
        await().untilAsserted(() -> assertThat(output).containsOnlyOnce("MLflow answers again"));
        tracker.follow(TrackedEntries.run(), TrackedEntries.rounds(3), MlflowStatus.RUNNING);
        ended(tracker, MlflowStatus.FINISHED);

        assertThat(mlflow.metrics("train/loss")).hasSize(3).doesNotHaveDuplicates();
        assertThat(mlflow.authorizations).containsOnly("Bearer " + SECRET);
        assertThat(output).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @EnumSource(
            value = Mishap.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE", "UNANSWERED"})
    void anEndIsNotKeptWaitingAndSaysWhatIsMissing(Mishap mishap) {
        MlflowTracker tracker = tracker(mlflow.address(), Map.of("MLFLOW_TRACKING_TOKEN", SECRET));
        tracker.follow(TrackedEntries.run(), TrackedEntries.rounds(2), MlflowStatus.RUNNING);
        await().until(() -> tracker.unsent() == 0);
        mlflow.has(mishap, "");
        tracker.follow(TrackedEntries.run(), TrackedEntries.rounds(4), MlflowStatus.RUNNING);

        TrackingOutcome outcome = ended(tracker, MlflowStatus.FINISHED);

        assertThat(outcome.words())
                .startsWith("MLflow at " + mlflow.address() + " has 2 of the 4 lines of metrics.jsonl, for ")
                .contains("(since 20")
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @EnumSource(Unanswered.class)
    void whatIsDoneWithoutAnAnswerIsNotDoneTwice(Unanswered request) {
        mlflow.has(Mishap.UNANSWERED, request.path);
        MlflowTracker tracker = tracker(mlflow.address(), Map.of());
        tracker.follow(TrackedEntries.run(), TrackedEntries.rounds(3), MlflowStatus.RUNNING);
        await().until(() -> tracker.unsent() == 0);
        ended(tracker, MlflowStatus.FINISHED);

        assertThat(mlflow.mishaps()).isEqualTo(1);
        assertThat(mlflow.only().status).isEqualTo("FINISHED");
        assertThat(mlflow.metrics("train/loss")).hasSize(3).doesNotHaveDuplicates();
    }

    enum Unanswered {
        EXPERIMENT("experiments/create"),
        RUN("runs/create"),
        BATCH("runs/log-batch"),
        STATUS("runs/update");

        private final String path;

        Unanswered(String path) {
            this.path = path;
        }
    }

    @Test
    void nobodyThereIsSaidByTheOutcome() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        MlflowTracker tracker = tracker(URI.create("http://127.0.0.1:" + free), Map.of());
        tracker.follow(TrackedEntries.run(), TrackedEntries.rounds(2), MlflowStatus.RUNNING);

        assertThat(ended(tracker, MlflowStatus.FINISHED).words())
                .contains("has 0 of the 2 lines of metrics.jsonl, for http://127.0.0.1:" + free
                        + ": nobody answers there");
    }

    @Test
    void muchIsSentInRequestsThatMlflowTakes() {
        Map<String, String> parameters = new TreeMap<>();
        for (int field = 0; field < 250; field++) {
            parameters.put("field " + field + "@", "x".repeat(field * 10));
        }
        MlflowTracker tracker = tracker(mlflow.address(), Map.of());
        tracker.follow(new TrackedRun("r-1", Map.of(), parameters), TrackedEntries.rounds(400), MlflowStatus.RUNNING);

        assertThat(ended(tracker, MlflowStatus.FINISHED).problem()).isNull();
        assertThat(mlflow.only().parameters).hasSize(250).containsKey("field 17_at_");
        assertThat(mlflow.only().parameters.values()).allMatch(value -> value.length() <= 500);
        assertThat(mlflow.metrics("train/loss")).hasSize(400).doesNotHaveDuplicates();
    }

    @Test
    void aLineOfMoreNumbersThanARequestTakesIsSentInSeveral() {
        Map<String, Double> many = new TreeMap<>();
        for (int number = 0; number < 2_500; number++) {
            many.put("tempo/eval/set" + number + "/avg@16", 1.0 * number);
        }
        MlflowTracker tracker = tracker(mlflow.address(), Map.of());
        tracker.follow(TrackedEntries.run(), List.of(new TrackedEntry(1, 1, many)), MlflowStatus.RUNNING);

        assertThat(ended(tracker, MlflowStatus.KILLED).problem()).isNull();
        assertThat(mlflow.only().metrics).hasSize(2_500).contains("tempo/eval/set7/avg_at_16 1 1000");
        assertThat(mlflow.only().status).isEqualTo("KILLED");
    }

    @Test
    void nameAndPasswordComeBeforeAToken() {
        MlflowTracker tracker = tracker(
                mlflow.address(),
                Map.of(
                        "MLFLOW_TRACKING_USERNAME",
                        "ann",
                        "MLFLOW_TRACKING_PASSWORD",
                        "pass",
                        "MLFLOW_TRACKING_TOKEN",
                        SECRET));
        tracker.follow(TrackedEntries.run(), TrackedEntries.rounds(1), MlflowStatus.RUNNING);
        ended(tracker, MlflowStatus.FINISHED);

        assertThat(mlflow.authorizations).containsOnly("Basic YW5uOnBhc3M=");
    }

    @Test
    void whatIsSetToNothingIsNotSet() {
        MlflowTracker tracker = tracker(
                mlflow.address(),
                Map.of(
                        "MLFLOW_TRACKING_USERNAME",
                        "",
                        "MLFLOW_TRACKING_PASSWORD",
                        "",
                        "MLFLOW_TRACKING_TOKEN",
                        SECRET));
        tracker.follow(TrackedEntries.run(), TrackedEntries.rounds(1), MlflowStatus.RUNNING);
        ended(tracker, MlflowStatus.FINISHED);

        assertThat(mlflow.authorizations).containsOnly("Bearer " + SECRET);
    }

    @Test
    void aTokenThatNoHeaderTakesIsRefusedInWords() {
        assertThatThrownBy(() -> tracker(mlflow.address(), Map.of("MLFLOW_TRACKING_TOKEN", "abc\u2026")))
                .hasMessage("MLFLOW_TRACKING_TOKEN holds a character that no token has; copy it anew");
    }

    @Test
    void aTokenIsTakenAsAFileOfSecretsEndsIt() {
        MlflowTracker tracker = tracker(mlflow.address(), Map.of("MLFLOW_TRACKING_TOKEN", SECRET + "\r\n"));
        tracker.follow(TrackedEntries.run(), TrackedEntries.rounds(1), MlflowStatus.RUNNING);
        ended(tracker, MlflowStatus.FINISHED);

        assertThat(mlflow.authorizations).containsOnly("Bearer " + SECRET);
    }

    @Test
    void addressesThatAreNoneOrHoldSecretsAreRefused() {
        for (String none : List.of("ftp://host", "host:5000", "http:///path", "/path", "http://host?token=a")) {
            assertThatThrownBy(() -> MlflowAccess.check(URI.create(none)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is no address of an MLflow server");
        }
        assertThatThrownBy(() -> MlflowAccess.check(URI.create("https://ann:" + SECRET + "@host")))
                .hasMessageContaining("MLFLOW_TRACKING_PASSWORD")
                .message()
                .doesNotContain(SECRET);
        assertThat(MlflowAccess.of(URI.create("https://host/mlflow/"), name -> null)
                        .of("runs/create"))
                .hasToString("https://host/mlflow/api/2.0/mlflow/runs/create");
    }

    @Test
    void aCertificateThatNobodyVouchesForGetsNoToken(@TempDir Path directory)
            throws IOException, GeneralSecurityException, InterruptedException {
        Path keys = directory.resolve("keys.p12");
        char[] password = "password".toCharArray();
        Process made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        "password")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(made.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(keys)) {
            store.load(file, password);
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        try (MlflowDouble unknown = new MlflowDouble(server)) {
            MlflowTracker tracker = tracker(
                    URI.create("https://127.0.0.1:" + unknown.port()),
                    Map.of("MLFLOW_TRACKING_TOKEN", SECRET),
                    LONG_ENOUGH_FOR_A_HANDSHAKE);
            tracker.follow(TrackedEntries.run(), TrackedEntries.rounds(1), MlflowStatus.RUNNING);

            assertThat(ended(tracker, MlflowStatus.FINISHED).words()).contains("its certificate is not valid here");
            assertThat(unknown.authorizations).isEmpty();
        }
    }

    private MlflowTracker tracker(URI address, Map<String, String> environment) {
        return tracker(address, environment, PATIENCE);
    }

    private MlflowTracker tracker(URI address, Map<String, String> environment, Duration patience) {
        MlflowTracker tracker =
                new MlflowTracker(MlflowAccess.of(address, environment::get), "tempo", CLOCK, patience, 20);
        trackers.add(tracker);
        return tracker;
    }

    private static TrackingOutcome ended(MlflowTracker tracker, MlflowStatus status) {
        return await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> tracker.end(TrackedEntries.RUN, status), outcome -> outcome != null);
    }
}
