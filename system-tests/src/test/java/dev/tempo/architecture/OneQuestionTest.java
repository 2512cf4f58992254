package dev.tempo.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.Topic;
import dev.tempo.contract.Topics;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every quoted word of docs/one-question.md is the name of something that exists. */
class OneQuestionTest {
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    private final List<String> quoted = QUOTED.matcher(Project.text("docs/one-question.md"))
            .results()
            .map(result -> result.group(1))
            .toList();

    @Test
    void everyQuotedWordIsATypeATopicOrAModule() {
        Set<String> known = new HashSet<>(Project.SERVICES);
        Topics.all().stream().map(Topic::name).forEach(known::add);
        known.addAll(types().collect(Collectors.toSet()));
        assertThat(quoted)
                .hasSizeGreaterThan(50)
                .allSatisfy(word -> assertThat(known).contains(word));
    }

    @Test
    void itLeadsThroughEveryServiceAndPastEveryTopic() {
        assertThat(quoted).containsAll(Project.SERVICES);
        assertThat(quoted).containsAll(Topics.all().stream().map(Topic::name).toList());
    }

    private static Stream<String> types() {
        return Stream.concat(
                Project.mainSources().stream()
                        .map(source -> source.getFileName().toString().replace(".java", "")),
                Stream.of(LabelWallTest.class.getSimpleName()));
    }
}
