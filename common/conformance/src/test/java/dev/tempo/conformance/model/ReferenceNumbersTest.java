package dev.tempo.conformance.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.conformance.formula.CaseResult;
import dev.tempo.model.Head;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.ModelLayout;
import dev.tempo.model.ScalarTransformer;
import dev.tempo.model.Sequence;
import dev.tempo.model.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** References written by the equations in plain loops; {@link SharedModelsTest} has those of the genuine classes. */
class ReferenceNumbersTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int NEW_TOKENS = 12;

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("reference.json");
    }

    private void write(ModelConfig config) throws IOException {
        TinyModel.write(directory, config, Head.VOCABULARY, 9);
        ScalarTransformer oracle = new ScalarTransformer(directory, Head.VOCABULARY);
        ObjectNode root = JSON.createObjectNode();
        root.put("num_parameters", config.parameters());
        root.put("file_dtype", "F32");
        ObjectNode tensors = root.putObject("tensors_in_file");
        ModelLayout.parts(config, Head.VOCABULARY)
                .forEach(part -> part.shape().forEach(tensors.withArray(part.name())::add));
        ArrayNode sequences = root.putArray("sequences");
        ArrayNode runs = root.putObject("greedy").putArray("runs");
        ObjectNode padded = root.putObject("left_padding");
        int longest = 13;
        for (int length : new int[] {5, 9, longest}) {
            int[] ids = TinyModel.ids(length, length);
            sequences.add(sequence(oracle, ids));
            ObjectNode run = runs.addObject().put("sequence", sequences.size() - 1);
            greedy(oracle, ids).forEach(run.putArray("new_tokens")::add);
            ArrayNode row = padded.withArray("input_ids").addArray();
            ArrayNode mask = padded.withArray("attention_mask").addArray();
            for (int t = 0; t < longest; t++) {
                int from = t - (longest - length);
                row.add(from < 0 ? TinyModel.PAD : ids[from]);
                mask.add(from < 0 ? 0 : 1);
            }
            ArrayNode last = padded.withArray("last_position_logits").addArray();
            Arrays.stream(oracle.logits(prompt(ids))[length - 1]).forEach(last::add);
        }
        JSON.writeValue(file().toFile(), root);
    }

    private static Sequence prompt(int[] ids) {
        return Sequence.of(ids, new int[0]);
    }

    private static ObjectNode sequence(ScalarTransformer oracle, int[] ids) {
        ObjectNode node = JSON.createObjectNode();
        double[][] logits = oracle.logits(prompt(ids));
        for (int t = 0; t < ids.length; t++) {
            node.withArray("input_ids").add(ids[t]);
            double entropy = 0;
            for (double lp : logSoftmax(logits[t], 1)) {
                entropy -= lp * Math.exp(lp);
            }
            node.withArray("entropy").add(entropy);
            if (t + 1 < ids.length) {
                node.withArray("logprobs_next").add(logSoftmax(logits[t], 1)[ids[t + 1]]);
                node.withArray("logprobs_next_temperature_0.7").add(logSoftmax(logits[t], .7)[ids[t + 1]]);
            }
        }
        ArrayNode row = node.withObject("logits").putArray("2");
        Arrays.stream(logits[2]).forEach(row::add);
        return node;
    }

    private static double[] logSoftmax(double[] logits, double temperature) {
        double sum = Arrays.stream(logits)
                .map(logit -> Math.exp(logit / temperature))
                .sum();
        return Arrays.stream(logits)
                .map(logit -> logit / temperature - Math.log(sum))
                .toArray();
    }

    private static List<Integer> greedy(ScalarTransformer oracle, int[] prompt) {
        int[] ids = prompt;
        for (int n = 0; n < NEW_TOKENS; n++) {
            double[] logits = oracle.logits(prompt(ids))[ids.length - 1];
            int best = 0;
            for (int id = 1; id < logits.length; id++) {
                best = logits[id] > logits[best] ? id : best;
            }
            ids = Arrays.copyOf(ids, ids.length + 1);
            ids[ids.length - 1] = best;
        }
        return Arrays.stream(ids, prompt.length, ids.length).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("dev.tempo.model.TinyModel#configs")
    void whatTheEquationsSayIsMet(ModelConfig config) throws IOException {
        write(config);
        assertThat(ReferenceNumbers.recognises(file())).isTrue();
        assertThat(ReferenceNumbers.check(file()))
                .hasSize(1 + 3 * 4 + 3 * 2 + 3)
                .allSatisfy(result -> assertThat(result)
                        .satisfies(one -> assertThat(one.message()).isEmpty())
                        .extracting(CaseResult::status)
                        .isEqualTo(CaseResult.Status.PASSED));
    }

    @Test
    void aNumberThatDiffersFailsItsCaseAloneAndIsNamed() throws IOException {
        write(TinyModel.olmo(true));
        ObjectNode root = (ObjectNode) JSON.readTree(Files.readAllBytes(file()));
        ArrayNode entropies = (ArrayNode) root.path("sequences").get(1).path("entropy");
        entropies.set(3, entropies.get(3).asDouble() + .001);
        JSON.writeValue(file().toFile(), root);
        List<CaseResult> failed = ReferenceNumbers.check(file()).stream()
                .filter(result -> result.status() == CaseResult.Status.FAILED)
                .toList();
        assertThat(failed).hasSize(1);
        assertThat(failed.get(0).id()).isEqualTo("sequence 1 entropies");
        assertThat(failed.get(0).message()).contains("entropy[3]", "expected");
    }

    @Test
    void aModelThatCannotBeLoadedFailsItsPartsWithTheReason() throws IOException {
        write(TinyModel.config(false));
        Path config = directory.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("\"vocab_size\" : 17", "\"vocab_size\" : 18"));
        assertThat(ReferenceNumbers.check(file()))
                .extracting(CaseResult::status)
                .containsOnly(CaseResult.Status.FAILED);
        assertThat(ReferenceNumbers.check(file()).get(0).message()).contains("embed_tokens", "[18, 20]");
    }

    @Test
    void otherFilesAreNotRecognised() throws IOException {
        Files.writeString(file(), "{\"sequences\": [{\"input_ids\": [1]}]}");
        assertThat(ReferenceNumbers.recognises(file())).as("no model beside it").isFalse();
        TinyModel.policy(directory, 1);
        assertThat(ReferenceNumbers.recognises(file())).isTrue();
        for (String other : List.of("[]", "{\"cases\": []}", "no JSON")) {
            Files.writeString(file(), other);
            assertThat(ReferenceNumbers.recognises(file())).as(other).isFalse();
        }
    }
}
