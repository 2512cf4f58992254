package dev.tempo.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.judging.JudgeChain;
import dev.tempo.judging.Judges;
import dev.tempo.rollout.environment.CheckedArithmetic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Traces that the documents show are what environment and judges of the world in words make of them. */
class DocumentedTracesTest {
    private static final Pattern QUESTION = Pattern.compile("A number is multiplied by .*?Which number was it\\?");
    private static final Pattern TRACE = Pattern.compile("Undo times .*?Wanted \\d+: (right|wrong)\\.");
    private static final Pattern WRITTEN = Pattern.compile(" \\*\\*(\\d+)\\*\\*");
    private static final Pattern BLOCK = Pattern.compile("multiplied by (\\d+) and (\\d+) is added");

    private final CheckedArithmetic environment = new CheckedArithmetic();
    private final JudgeChain chain = new JudgeChain("default", List.of("boxed", "rules"), new Judges(Judges.builtIn()));

    @Test
    void theReadmesTracesAreARightAndAWrongOneOfItsQuestion() throws IOException {
        String page = page("README.md").replace("<br>", "\n").replaceAll("(?m)^> ?", "");
        String text = page.replace("&lt;", "<").replace("&gt;", ">").replaceAll("[ \\n]+", " ");
        String question = first(QUESTION, text);
        List<String> traces =
                TRACE.matcher(text).results().map(MatchResult::group).toList();

        assertThat(traces).hasSize(2);
        traces.forEach(trace -> environmentWroteWhatIsSetInBold(question, trace));
        assertThat(traces.stream().map(trace -> isRight(question, trace.replace("**", ""))))
                .containsExactly(true, false);
    }

    @Test
    void theTraceOfOwnDataIsAWrongOne() throws IOException {
        String page = page("docs/own-data.md");
        String text = page.substring(page.indexOf("<|im_start|>user")).replaceAll("[ \\n]+", " ");
        String question = first(QUESTION, text);
        String trace = first(TRACE, text);

        String written = trace.replaceAll("(Check:|=) (\\d+)", "$1 **$2**");
        environmentWroteWhatIsSetInBold(question, written);
        assertThat(isRight(question, trace)).isFalse();
    }

    private void environmentWroteWhatIsSetInBold(String question, String trace) {
        Matcher written = WRITTEN.matcher(trace);
        int count = 0;
        while (written.find()) {
            count++;
            String before = trace.substring(0, written.start()).replace("**", "");
            assertThat(environment.next(question, before)).as(before).isEqualTo(" " + written.group(1));
        }
        assertThat(count).as(trace).isEqualTo(5);
    }

    /** What the judges say, which is what the trace claims, and what the arithmetic of the question says of the box. */
    private boolean isRight(String question, String trace) {
        boolean claimed = trace.endsWith("right.");
        String boxed = first(Pattern.compile("(?<=boxed\\{)\\d+"), trace);
        String target = first(Pattern.compile("(?<=Modulo 11 this gives )\\d+"), question);
        boolean right = solves(question, Integer.parseInt(boxed), target);
        int answer = 0;
        while (!solves(question, answer, target)) {
            answer++;
        }
        assertThat(claimed).isEqualTo(right);
        assertThat(chain.judge(question, Integer.toString(answer), trace, true).reward())
                .isEqualTo(right ? 1 : 0);
        return right;
    }

    private static boolean solves(String question, int candidate, String target) {
        int number = candidate;
        for (MatchResult block : BLOCK.matcher(question).results().toList()) {
            number = (number * Integer.parseInt(block.group(1)) + Integer.parseInt(block.group(2))) % 11;
        }
        return number == Integer.parseInt(target);
    }

    private static String first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        assertThat(found.find()).as(pattern + " in " + text).isTrue();
        return found.group();
    }

    private static String page(String name) throws IOException {
        return Files.readString(Path.of("..").resolve(name));
    }
}
