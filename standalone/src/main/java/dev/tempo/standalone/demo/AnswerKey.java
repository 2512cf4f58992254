package dev.tempo.standalone.demo;

import dev.tempo.algorithm.rounds.CounterRandom;
import dev.tempo.contract.UserException;
import dev.tempo.contract.recipe.EvaluationSet;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.datasets.BenchmarkQuestions;
import dev.tempo.datasets.LabeledQuestion;
import dev.tempo.judging.JudgeChain;
import dev.tempo.judging.Judges;
import dev.tempo.plugin.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The questions of a demonstration with their answers, which leave this process by no way. */
final class AnswerKey {
    private static final String SET = "asked";

    private final List<LabeledQuestion> questions;
    private final Recipe recipe;
    private final Judges judges = new Judges(Judges.builtIn());

    private AnswerKey(List<LabeledQuestion> questions, Recipe recipe) {
        this.questions = questions;
        this.recipe = recipe;
    }

    /**
     * The questions of a file, which the recipe's judges compare by.
     *
     * @param file with the columns question and answer
     * @throws UserException if there is no such file, or a judge is not one of those built in
     */
    static AnswerKey read(Path file, Recipe recipe) {
        if (!Files.isRegularFile(file)) {
            throw new UserException(file + ": no such file; it is what the demonstration's client asks");
        }
        AnswerKey key = new AnswerKey(
                BenchmarkQuestions.read(
                        SET, new EvaluationSet(file.toString(), null, "question", "answer", null, false)),
                recipe);
        if (key.questions.isEmpty()) {
            throw new UserException(file + " has no question to ask");
        }
        List<String> chain = recipe.judgesOf(Recipe.DEFAULT_DOMAIN);
        if (chain.isEmpty() || !key.judges.names().containsAll(chain)) {
            throw new UserException("the demonstration's client judges by what is built in, " + key.judges.names()
                    + ", but recipe " + recipe.name() + " has " + chain + " in judges.default");
        }
        return key;
    }

    int size() {
        return questions.size();
    }

    /** The question that is asked after so many: all of them in one order by chance, then all in another. */
    LabeledQuestion question(int asked) {
        int pass = asked / questions.size();
        int[] order = CounterRandom.permutation(CounterRandom.key(recipe.seed(), "demo", pass), questions.size());
        return questions.get(order[asked % questions.size()]);
    }

    /** Whether a response, without what was thought before it, has the answer. */
    boolean isRight(LabeledQuestion question, PublicApi.Reply reply) {
        return JudgeChain.of(recipe, question.question().domain(), judges)
                        .judge(question.question().text(), question.answer(), reply.content(), reply.ended())
                        .outcome()
                == Outcome.CORRECT;
    }
}
