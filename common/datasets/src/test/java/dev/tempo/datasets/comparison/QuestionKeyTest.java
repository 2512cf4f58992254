package dev.tempo.datasets.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionKeyTest {
    /** Formulas in «…»; none begins or ends with what a variant adds. */
    private static final List<String> QUESTIONS = List.of(
            "What is «5+35»?",
            "What is «(3-7)×4»?".replace("×", "\\times "),
            "Find the value of «x» such that «x^2-6x+9=0».",
            "If «\\frac{a}{b}=\\frac{3}{8}» and «b \\le 40», what is the largest integer «a+b»?",
            "Let «a_1=2» and «a_{n+1}=3a_n-1». Find «a_5».",
            "A train travels 120 miles in 3 hours. What's its average speed in miles per hour?",
            "How many positive divisors does «10!» have?",
            "Compute «\\sqrt{x+1}» where «x=24».",
            "What is the area of a circle of radius «3», in terms of «\\pi»?",
            "Evaluate «5!»",
            "Alice has 12 apples and gives Bob 5 of them. How many are left?",
            "设集合«A=(1,2,3)», 求«A»的子集个数",
            "已知等差数列的首项为«3», 公差为«4», 求第10项",
            "Name the capital of France.",
            "Which number is larger: 9.11 or 9.9?");

    @Test
    void noPublishedVariantHidesAQuestion() {
        PublishedVariants variants = new PublishedVariants(11);
        for (String question : QUESTIONS) {
            String key = QuestionKey.of(bare(question));
            for (int i = 0; i < 400; i++) {
                String variant = variants.of(question);
                assertThat(QuestionKey.of(variant)).as(variant).isEqualTo(key);
            }
        }
    }

    @Test
    void anotherDigitIsAnotherQuestionInEveryVariant() {
        PublishedVariants variants = new PublishedVariants(12);
        Random random = new Random(13);
        for (String question : QUESTIONS) {
            String key = QuestionKey.of(bare(question));
            for (int at = 0; at < question.length(); at++) {
                if (Character.isDigit(question.charAt(at))) {
                    char other = (char) ('0' + (question.charAt(at) - '0' + 1 + random.nextInt(9)) % 10);
                    String changed = question.substring(0, at) + other + question.substring(at + 1);
                    assertThat(QuestionKey.of(variants.of(changed))).as(changed).isNotEqualTo(key);
                }
            }
        }
    }

    @Test
    void anotherOperatorIsAnotherQuestionInEveryVariant() {
        PublishedVariants variants = new PublishedVariants(14);
        Map<String, String> others =
                Map.of("+", "-", "-", "+", "\\le ", "\\ge ", "\\times ", "\\div ", "!", "", "^", "_", "=", "<");
        for (String question : QUESTIONS) {
            String key = QuestionKey.of(bare(question));
            others.forEach((operator, other) -> {
                for (int at = question.indexOf(operator); at >= 0; at = question.indexOf(operator, at + 1)) {
                    String changed = question.substring(0, at) + other + question.substring(at + operator.length());
                    assertThat(QuestionKey.of(variants.of(changed))).as(changed).isNotEqualTo(key);
                }
            });
        }
    }

    @Test
    void everyQuestionHasItsOwnKey() {
        Map<String, String> keys = new HashMap<>();
        QUESTIONS.forEach(
                question -> keys.merge(QuestionKey.of(bare(question)), question, (one, other) -> one + other));
        assertThat(keys).hasSize(QUESTIONS.size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10^2 points                    | 102 points
            10² metres                     | 102 metres
            Find a_12.                     | Find a_1 2.
            Take 2½ cups.                  | Take 21/2 cups.
            What is 3.5?                   | What is 3. 5?
            What is 5!?                    | What is 5?
            (3) + 4 = ?                    | (2) + 4 = ?
            2.5 + 1                        | 3.5 + 1
            12: 3 = ?                      | 11: 3 = ?
            f'(x) at 0                     | f(x) at 0
            5--3                           | 5-3
            \\frac{1}{2x}                  | \\frac{1}{2}x
            x^{ab}                         | x^a b
            What is 5+35?                  | Given that 5+35 is even, what is 5+35?
            Is -5 odd?                     | Is 5 odd?
            Simplify the following: 6/4    | Round the following: 6/4
            1. 2. 3. Which number is next? | 2. 2. 3. Which number is next?
            a · b of two vectors           | a × b of two vectors
            Give the answer in metres: 3 m | 3 m
            Close these: ( { { } }         | Close these: ( {
            Close these: [ ( )             | Close these: [
            the set {1}                    | the set 1
            Which ①②                       | Which 12
            matrix \\begin{pmatrix}1&2\\\\3&4\\end{pmatrix} | matrix \\begin{pmatrix}1\\\\2&3&4\\end{pmatrix}
            """)
    void questionsThatLookAlikeStayApart(String one, String other) {
        assertThat(QuestionKey.of(one)).isNotEqualTo(QuestionKey.of(other));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            $\\dfrac12$ of it     | \\(\\frac{1}{2}\\) of it
            1/2 of it             | $\\tfrac{1}{2}$ of it
            \\frac{x+1}{2}        | (x+1)/2
            $x\\leqslant 3$       | x <= 3
            sqrt(x+1)             | $\\sqrt{x+1}$
            6,000,000 lire        | $6{,}000{,}000$ lire
            10\\,000 lire         | 10,000 lire
            90^\\circ             | 90°
            5 * 3                 | $5 \\cdot 3$
            3 ÷ 4                 | 3/4
            2^{10}                | 2¹⁰
            2**10                 | 2^10
            f^{\\prime}(x)        | f′(x)
            $\\mathrm{lcm}(4,6)$  | \\operatorname{lcm}(4, 6)
            $x$-axis              | x‐axis
            ``prime'' numbers     | “prime” numbers
            .5 of it              | 0.5 of it
            Zwölf Straßen         | ZWÖLF STRASSEN
            5 &lt; 6              | 5 < 6
            $\\{1, 2\\}$         | {1,2}
            $\\sqrt[3]{8}$       | \\sqrt[3] 8
            $\\sin{x}$           | \\sin x
            5+35=?                | 5 + 35
            𝑥+１                  | x+1
            下列正确的是（  ）       | 下列正确的是
            """)
    void spellingsOfTheSameAreTheSame(String one, String other) {
        assertThat(QuestionKey.of(one)).isEqualTo(QuestionKey.of(other));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Please reason step by step.",
                "12.",
                "?",
                "$$",
                "\\boxed{}",
                "{",
                "}",
                "\\",
                "\\frac",
                "\\frac{",
                "^",
                "Question:",
                "______"
            })
    void whatLooksLikeNothingButAdditionsHasAKeyToo(String text) {
        assertThat(QuestionKey.of(text)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\textbf{Problem 3.} What is $5+35$?",
                "(a) What is 5+35?",
                "12.) What is 5+35?",
                "What is 5+35?!",
                "Solve the following math problem efficiently and clearly. What is 5+35?",
                "AIME 2024 I Problem 3: What is 5+35?",
                "<|im_start|>user\nWhat is 5+35?<|im_end|>\n<|im_start|>assistant\n",
                "Q: What is 5+35?\nA:",
                "What is 5+35?\nYour answer should be in the format \\boxed{answer}.",
                "请回答下面的问题：What is 5+35?"
            })
    void publishersWriteTheirQuestionsLikeThis(String text) {
        assertThat(QuestionKey.of(text)).isEqualTo("whatis5+35");
    }

    @Test
    void deepAndLongTextsAreRead() {
        assertThat(QuestionKey.of("{".repeat(100_000)).length()).isGreaterThan(99_000);
        assertThat(QuestionKey.of("\\frac".repeat(20_000) + "1")).isNotEmpty();
        assertThat(QuestionKey.of("^(".repeat(20_000))).isNotEmpty();
        assertThat(QuestionKey.of("'a ".repeat(20_000))).isNotEmpty();
    }

    /** Half a minute each where every beginning of a list of options looks for the second one through all that follows. */
    @Test
    void manyBeginningsOfOptionsTakeNoLonger() {
        String options = "\n(A) one".repeat(100_000);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> QuestionKey.of("Which?" + options));
    }

    private static String bare(String question) {
        return question.replace("«", "").replace("»", "");
    }
}
