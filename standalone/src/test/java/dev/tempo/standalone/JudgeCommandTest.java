package dev.tempo.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JudgeCommandTest {
    private static final String LINES = """
            {"id": "a", "question": "Half of one?", "reference": "1/2", "response": "It is \\\\boxed{0.5}."}
            {"gold": ["A", "C"], "question": "Which?\\n(A) x\\n(B) y\\n(C) z", "pred": "The answer is A and C."}

            {"gold": "7", "pred": "The answer is 8."}
            """;

    @TempDir
    Path directory;

    private final StringWriter errors = new StringWriter();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @Test
    void aResponseOnTheCommandLineIsJudgedWithTheReason() {
        assertThat(execute("--reference=1/2", "--response=So \\boxed{0.5}")).isZero();
        assertThat(said()).startsWith("correct ").contains("'0.5' against '1/2'", "(rules 2, ", "answer 0.5");
    }

    @Test
    void aWrongOneIsNoFailure() {
        assertThat(execute("--reference=7", "--response=The answer is 8.")).isZero();
        assertThat(said()).startsWith("wrong ");
    }

    @Test
    void anUndecidedOneHasAStatusOfItsOwn() {
        assertThat(execute(
                        "--reference={\"header\": [\"House\", \"Name\"], \"rows\": [[\"1\", \"___\"]]}",
                        "--response={}"))
                .isEqualTo(3);
        assertThat(said()).startsWith("undecided ").contains("use a data set with solutions");
    }

    @Test
    void whatWasCutOffMayHaveNoAnswer() {
        assertThat(execute("--reference=7", "--response=so far 7", "--cut-off")).isZero();
        assertThat(said()).contains("cut off before its answer");
    }

    @Test
    void aFileIsJudgedLineByLine() throws IOException {
        Path file = Files.writeString(directory.resolve("answers.jsonl"), LINES);

        assertThat(execute(file.toString())).isZero();
        assertThat(said().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("correct").contains("answers.jsonl:1 a: "),
                        line -> assertThat(line).startsWith("correct").contains("answers.jsonl:2: ", "answer AC"),
                        line -> assertThat(line).startsWith("wrong").contains("answers.jsonl:4: "),
                        line -> assertThat(line).isEqualTo("3 responses: 2 correct, 1 wrong, 0 undecided"));
    }

    @Test
    void badLinesAreNamedAndTheOthersJudged() throws IOException {
        Path file = directory.resolve("bad.jsonl");
        Files.write(
                file,
                ("{\"gold\": \"7\", \"pred\": \"7\"}\nnonsense\n[1]\n{\"gold\": \"7\"}\n"
                                + "{\"gold\": \"7\", \"pred\": \"7\", \"ended\": 1}\n\u00ff\n{\"gold\": \"8\", \"pred\": \"8\"}")
                        .getBytes(StandardCharsets.ISO_8859_1));

        assertThat(execute(file.toString())).isEqualTo(1);
        assertThat(said()).endsWith("2 responses: 2 correct, 0 wrong, 0 undecided\n");
        assertThat(errors.toString())
                .contains(
                        "bad.jsonl:2: is not JSON",
                        "bad.jsonl:3: should be a JSON object",
                        "bad.jsonl:4: has no 'response' (nor pred, output); it has [gold]",
                        "bad.jsonl:5: 'ended' should be true or false but is 1",
                        "bad.jsonl:6: is not UTF-8")
                .doesNotContain("\tat ");
    }

    @Test
    void standardInputIsReadAndJsonPrinted() {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(LINES.getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(execute("--json", "--judge=math", "-")).isZero();
        } finally {
            System.setIn(before);
        }
        List<JsonNode> lines = said().lines().map(JsonMapper.shared()::readTree).toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0).propertyNames())
                .containsExactly(
                        "where", "id", "outcome", "answer", "judge", "version", "stage", "reason", "latencyMillis");
        assertThat(lines.get(0).get("where").asString()).isEqualTo("standard input:1");
        assertThat(lines.get(2).get("outcome").asString()).isEqualTo("wrong");
    }

    @Test
    void twoJudgesAreComparedOnAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("answers.jsonl"), LINES);

        assertThat(execute("--json", "--agreement", "rules", "exact-match", file.toString()))
                .isZero();
        JsonNode result = JsonMapper.shared().readTree(said());
        assertThat(result.get("cases").asInt()).isEqualTo(3);
        assertThat(result.get("table").get("correct").get("wrong").asInt()).isEqualTo(2);
        assertThat(result.get("agreement").asDouble()).isEqualTo(1 / 3.0);
        assertThat(result.get("kappa").asDouble()).isZero();

        output.reset();
        assertThat(execute("--agreement", "rules", "rules", file.toString())).isZero();
        assertThat(said()).contains("rules \\ rules", "3 responses, agreement 1.000, Cohen's kappa 1.000");
    }

    @Test
    void judgesThatAreNotThereAreNamedWithThoseThatAre() {
        assertThat(execute("--judge=math,ruels", "--reference=1", "--response=1"))
                .isEqualTo(1);
        assertThat(errors.toString()).contains("no judge is called 'ruels'; there are rules, math, choice");
    }

    @Test
    void withoutAnythingToJudgeTheUsageIsShown() {
        assertThat(execute()).isEqualTo(2);
        assertThat(execute("--reference=1")).isEqualTo(2);
        assertThat(execute("--reference=1", "--response=1", "file")).isEqualTo(2);
        assertThat(errors.toString()).contains("Give --reference and --response, or a FILE");
    }

    @Test
    void aBrokenJarIsToldAndTheOthersJudgeOn() throws IOException {
        Files.writeString(directory.resolve("broken.jar"), "PK");

        assertThat(execute("--judges=" + directory, "--reference=1", "--response=1"))
                .isZero();
        assertThat(errors.toString()).contains("broken.jar: is no jar");
    }

    @Test
    void endpointsOfAConfigurationFileJudge() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] reply = "{\"outcome\": \"correct\", \"reason\": \"I like it\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, reply.length);
            exchange.getResponseBody().write(reply);
            exchange.close();
        });
        server.start();
        Path config = Files.writeString(
                directory.resolve("my.yaml"),
                "tempo.judge.endpoints:\n  theirs: {url: 'http://127.0.0.1:"
                        + server.getAddress().getPort() + "/', version: '2'}\n");
        try {
            assertThat(execute("--config=" + config, "--judge=theirs", "--reference=1", "--response=2"))
                    .isZero();
            assertThat(said()).startsWith("correct ").contains("I like it (theirs 2, endpoint)");
        } finally {
            server.stop(0);
        }
        assertThat(execute("--config=" + config, "--judge=theirs", "--reference=1", "--response=2"))
                .isEqualTo(3);
        assertThat(said()).contains("'theirs' is unavailable");
    }

    @Test
    void aConfigurationThatIsRefusedNamesTheProperty() throws IOException {
        Path config = Files.writeString(
                directory.resolve("my.yaml"), "tempo.judge.endpoints.theirs: {url: 'http://h/', timeout: soon}\n");

        assertThat(execute("--config=" + config, "--list")).isEqualTo(1);
        assertThat(errors.toString())
                .contains("tempo.judge.endpoints.theirs.timeout", "soon")
                .doesNotContain("\tat ");
        assertThat(execute("--config=" + directory.resolve("ghost.yaml"), "--list"))
                .isEqualTo(1);
        assertThat(errors.toString()).contains("ghost.yaml: no such file");
    }

    private String said() {
        return output.toString(StandardCharsets.UTF_8);
    }

    private int execute(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "judge";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        PrintStream before = System.out;
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        try {
            return Tempo.commandLine().setErr(new PrintWriter(errors, true)).execute(all);
        } finally {
            System.setOut(before);
        }
    }
}
