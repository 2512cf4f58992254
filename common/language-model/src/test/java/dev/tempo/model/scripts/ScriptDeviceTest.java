package dev.tempo.model.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests that gpu_check.py can run the scripts on a device that refuses the processor's tensors. No Python is needed. */
class ScriptDeviceTest {
    private static final Pattern NEW_TENSOR = Pattern.compile("torch\\.(empty|zeros|ones|full|arange|tensor)\\(");

    @Test
    void everyTensorThatAScriptMakesIsMadeOnANamedDevice() throws IOException {
        int found = 0;
        try (Stream<Path> scripts = Files.list(Path.of("src/main/resources/dev/tempo/model/scripts"))) {
            for (Path script : scripts.filter(path -> path.toString().endsWith(".torchscript"))
                    .toList()) {
                List<String> lines = Files.readAllLines(script);
                for (String line : lines) {
                    Matcher matcher = NEW_TENSOR.matcher(line);
                    while (matcher.find()) {
                        found++;
                        assertThat(call(line, matcher.start()))
                                .as(script + ": " + line)
                                .contains("device=");
                    }
                }
            }
        }
        assertThat(found).isGreaterThan(8);
    }

    /** The source of a call, from the function's name to the parenthesis that closes its arguments. */
    private static String call(String line, int start) {
        int depth = 0;
        for (int at = line.indexOf('(', start); at < line.length(); at++) {
            depth += line.charAt(at) == '(' ? 1 : line.charAt(at) == ')' ? -1 : 0;
            if (depth == 0) {
                return line.substring(start, at + 1);
            }
        }
        return line.substring(start);
    }
}
