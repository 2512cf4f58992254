package dev.tempo.standalone.quickstart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Plain English, but for the questions of a telling in another language. A response undoes the blocks in its think section, answers in a box and then checks the answer; what stands
 * behind {@code Check:} and behind each {@code =} is the environment's to write.
 */
final class EnglishLanguage implements Language {
    static final String THINKING_ENDS = "</think>";

    private final Telling telling;
    private final Function<String, int[]> encode;
    private final UnaryOperator<String> prompt;

    /** A text that teacher or environment writes at once. */
    private record Part(String text, boolean byEnvironment) {}

    /**
     * @param telling how questions are told
     * @param encode the tokenizer's ids of a text
     * @param prompt what the model continues, by the question
     */
    EnglishLanguage(Telling telling, Function<String, int[]> encode, UnaryOperator<String> prompt) {
        this.telling = telling;
        this.encode = encode;
        this.prompt = prompt;
    }

    @Override
    public String question(ChainQuestion question) {
        return telling.question(question);
    }

    @Override
    public String answer(ChainQuestion question) {
        return telling.boxed(question, question.answer());
    }

    @Override
    public @Nullable String domain(ChainQuestion question) {
        return telling.domain(question);
    }

    /** The text of a worked question without a token that ends it. */
    static String text(Telling telling, WorkedQuestion worked) {
        return parts(telling, worked).stream().map(Part::text).collect(Collectors.joining());
    }

    @Override
    public Trace trace(WorkedQuestion worked) {
        List<Integer> calculated = new ArrayList<>();
        List<Integer> ids = new ArrayList<>();
        for (Part part : parts(telling, worked)) {
            for (int id : encode.apply(part.text())) {
                if (part.byEnvironment()) {
                    calculated.add(ids.size());
                }
                ids.add(id);
            }
        }
        String response = text(telling, worked);
        if (!ids.equals(Arrays.stream(encode.apply(response)).boxed().toList())) {
            throw new IllegalStateException("the tokens of '" + response + "' are not those of its parts");
        }
        return new Trace(prompt.apply(telling.question(worked.question())), response, calculated);
    }

    private static List<Part> parts(Telling telling, WorkedQuestion worked) {
        List<Part> parts = new ArrayList<>();
        StringBuilder teacher = new StringBuilder();
        List<Block> blocks = worked.question().blocks();
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(blocks.size() - 1 - i);
            teacher.append(i == 0 ? "Undo" : " Undo").append(" times ").append(block.a());
            teacher.append(" plus ").append(block.b()).append(": ");
            teacher.append(worked.guesses().get(i)).append('.');
        }
        teacher.append('\n').append(THINKING_ENDS).append("\n\nThe answer is \\boxed{");
        teacher.append(telling.boxed(worked.question(), worked.answer())).append("}. Check:");
        environment(parts, teacher, worked.answer());
        for (int i = 0; i < blocks.size(); i++) {
            WorkedQuestion.Step step = worked.check().get(i);
            teacher.append(" * ").append(step.a()).append(" =");
            environment(parts, teacher, step.product());
            teacher.append(", + ").append(step.b()).append(" =");
            environment(parts, teacher, step.sum());
            teacher.append(i < blocks.size() - 1 ? "," : ".");
        }
        teacher.append(" Wanted ").append(worked.quoted()).append(": ");
        parts.add(new Part(teacher + (worked.claimsRight() ? "right." : "wrong."), false));
        return parts;
    }

    private static void environment(List<Part> parts, StringBuilder before, int written) {
        parts.add(new Part(before.toString(), false));
        parts.add(new Part(" " + written, true));
        before.setLength(0);
    }
}
