package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.PolicyVersion;
import dev.tempo.standalone.launch.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Trainers that are frozen in the middle of a run while another instance of their service stands by. */
@LongForm
@ExtendWith(SharedSystem.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class FrozenTrainersTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String POLICY = "dev.tempo.policy.PolicyService";
    private static final String CRITIC = "dev.tempo.critic.CriticService";
    private static final List<String> GROUPS = List.of("policy-training", "critic-recalibration");

    /** What a trainer says when it learns that it was succeeded. */
    private static final String STANDS_BY = "drops what it has and stands by";

    @Test
    void standbysFinishWhatFrozenTrainersBeganAndThawedOnesWriteNothing(RunningSystem system) throws Exception {
        Weights undisturbed = system.reference();
        List<ServiceProcess> first = List.of(ServiceProcess.of(POLICY), ServiceProcess.of(CRITIC));
        ServiceProcess worker = ServiceProcess.of("dev.tempo.rollout.RolloutService");
        int port = system.running().ports().base() + 14;
        int succeeded = standingBy(system.log(Service.POLICY)) + standingBy(system.log(Service.CRITIC));
        int before = traces(system);

        Path logs = system.root().resolve("logs");
        try (Replica policy = Replica.of(first.get(0), port, logs.resolve("policy-replica.log"));
                Replica critic = Replica.of(first.get(1), port + 1, logs.resolve("critic-replica.log"));
                Admin admin = Admin.create(Map.of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                        system.running().ports().bootstrapServers()))) {
            List<ServiceProcess> second = List.of(policy.asSeenByTheSystem(), critic.asSeenByTheSystem());
            try {
                await(() -> areTwo(admin));
                CompletableFuture<Weights> weights = CompletableFuture.supplyAsync(() ->
                        system.finished("succeeded-trainers", system.workload().recipe()));
                await(() -> newest(system) >= 1);
                first.forEach(ServiceProcess::freeze);
                await(() -> newest(system) >= 3);

                worker.freeze();
                first.forEach(ServiceProcess::thaw);
                await(() -> standingBy(system.log(Service.POLICY)) + standingBy(system.log(Service.CRITIC))
                        == succeeded + 2);
                await(() -> areTwo(admin));
                second.forEach(ServiceProcess::freeze);
                worker.thaw();

                assertThat(weights.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(undisturbed);
                assertThat(system.records().scores("succeeded-trainers"))
                        .isEqualTo(system.records().scores("undisturbed"));

                SortedMap<String, String> left = files(system.directory("succeeded-trainers"));
                second.forEach(ServiceProcess::thaw);
                await(() -> standingBy(policy.log()) == 1 && standingBy(critic.log()) == 1);
                await(() -> areTwo(admin));
                assertThat(files(system.directory("succeeded-trainers"))).isEqualTo(left);
                assertThat(policy.log() + critic.log()).doesNotContain("\tat dev.tempo");
                assertThat(traces(system)).isEqualTo(before);
                assertThat(system.notices()).noneMatch(notice -> notice.contains("neither"));
            } finally {
                worker.thaw();
                first.forEach(ServiceProcess::thaw);
                second.forEach(ServiceProcess::thaw);
            }
        }
    }

    private static boolean areTwo(Admin admin) throws ExecutionException, InterruptedException {
        return admin.describeConsumerGroups(GROUPS).all().get().values().stream()
                .allMatch(group -> group.members().size() == 2);
    }

    private static int newest(RunningSystem system) {
        return system.records().policies("succeeded-trainers").stream()
                .mapToInt(PolicyVersion::version)
                .max()
                .orElse(-1);
    }

    private static int standingBy(String log) {
        return (int) log.lines().filter(line -> line.contains(STANDS_BY)).count();
    }

    private static int traces(RunningSystem system) throws IOException {
        return (int) Stream.of(system.log(Service.POLICY), system.log(Service.CRITIC))
                .flatMap(String::lines)
                .filter(line -> line.startsWith("\tat dev.tempo"))
                .count();
    }

    /** Size and time of every file that a trainer has written. */
    private static SortedMap<String, String> files(Path directory) {
        SortedMap<String, String> files = new TreeMap<>();
        for (String place : List.of("policy", "critic", "checkpoints", "begun", "stages")) {
            try (Stream<Path> walked = Files.walk(directory.resolve(place))) {
                for (Path file : walked.filter(Files::isRegularFile).toList()) {
                    files.put(file.toString(), Files.size(file) + " " + Files.getLastModifiedTime(file));
                }
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return files;
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(20))
                .pollDelay(Duration.ZERO)
                .atMost(PATIENCE)
                .until(condition);
    }
}
