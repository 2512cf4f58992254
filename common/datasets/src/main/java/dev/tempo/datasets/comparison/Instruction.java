package dev.tempo.datasets.comparison;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A sentence that tells how to answer and asks nothing. An instruction has only words of such sentences, no number,
 * operator or formula but an empty box, and one of the phrases that only instructions have. Without it a question is
 * therefore still the same question.
 */
final class Instruction {
    private static final int LONGEST = 600;
    private static final String SIGNS = ".,;:!?'\"`()[]{}<>$*_/\\-–—…“”‘’。，！？：；（）【】「」《》、#";

    private static final Set<String> WORDS = words("""
            a an the this that these it its i'll you your yours my me us we please kindly let let's lets now first then
            finally before after and or but so also as by with without within in inside into on of to from for at be is
            are was should must can will would need have has do don't not only just always make sure following below
            above given next solve solves answer answers answering reason reasoning think thinks thinking thought
            thoughts explain explaining explanation show showing give gives giving provide provides providing put place
            write writing wrap enclose enclosed box boxed boxing return output report state present generate respond
            response reply conclude end finish begin start work working through out carefully clearly concisely briefly
            detailed detail details logically systematically thoroughly step steps chain final result solution solutions
            mathematical mathematics math maths problem problems question questions task exercise puzzle equation
            equations inequality inequalities format form line last own single correct full whole process each every
            intermediate using use latex tag tags quote quotes where remember note helpful assistant expert mathematician
            tutor teacher here time compute calculate evaluate find complete respectively user asks mind about
            efficiently multiple choice instruction conversation between must there one's while such like i e g any all ans
            """);

    private static final Pattern ENGLISH = Pattern.compile(
            "step[ -]by[ -]step|boxed|final answer|following (?:[a-z]+ ){0,3}(?:problem|question|task|exercise|puzzle|equation|inequalit)"
                    + "|(?:compute|calculate|evaluate|solve|answer|complete) the following|(?:problem|question) (?:below|above)"
                    + "|(?:below|above|this|the) (?:math |maths |mathematics |mathematical )?(?:problem|question)\\b"
                    + "|your (?:final )?(?:answer|response|reasoning|solution|work|thought|thinking)|the answer is|answer to the (?:problem|question)"
                    + "|own line|last line|chain of thought|you are an? |think carefully|reasoning process|show (?:all )?(?:the )?(?:work|steps)"
                    + "|conversation between|(?:math|maths|mathematics) (?:problem|question)");

    private static final Pattern SPACE = Pattern.compile("[\\s*_\"'`]+");

    private static final Pattern CHINESE = Pattern.compile(
            "逐步|一步一步|一步步|分步|步骤|boxed|最终答案|最后答案|以下|下列|下面|如下|答案|推理过程|思考过程" + "|解题过程|解答过程|仔细思考|这道|该题|该问题|这个问题|本题");

    private static final Set<String> CHINESE_WORDS =
            Set.of(("请 请你 你 您 我 我们 让 让我们 来 逐步 逐步地 一步一步 一步步 一步 分步 分步骤 按步骤 步骤 推理 思考"
                            + " 推导 分析 解答 回答 解决 求解 解 答 作答 给出 写出 写 写在 写到 写入 放 放在 放入 放到 放进 放置 放置于 放置在 置于 填 填在 填入 填写 包含 包含在 包裹"
                            + " 包裹在 括在 用 使用 以 按 按照 将 把 对 对于 并 并且 并在 然后 之后 随后 最后 最终 首先 再 先 的 地 得 在 于 中 里 内 之中 里面 之内 以下 下列"
                            + " 下面 如下 上述 这个 这道 该 本 一道 一个 道 个 数学 数学题 问题 题目 题 习题 应用题 方程 方程组 不等式 答案 结果 过程 推理过程 思考过程 解题过程 解答过程 解题"
                            + " 详细 仔细 认真 完整 清晰 简洁 说明 解释 展示 输出 返回 格式 形式 方框 框 注意 记住 确保 最终答案 最后答案 每 每一步 步 后 前 是 为 到 至 通过"
                            + " 进行 中间 单独 一行 行 出 你的 您的 其 它 此 这 应 应该 需要 要 必须 只 仅 里边 当中 计算 完成 下 上 式子 进行推理 好 吧 提供 所有")
                    .split(" "));

    private Instruction() {}

    /** Whether a sentence has only words of instructions. One that has others stays no instruction, whatever follows it. */
    static boolean hasOnlyItsWords(String sentence) {
        if (sentence.length() > LONGEST) {
            return false;
        }
        for (int at = 0; at < sentence.length(); ) {
            char first = sentence.charAt(at);
            int end = at + 1;
            if (Character.isIdeographic(first)) {
                while (end < sentence.length() && Character.isIdeographic(sentence.charAt(end))) {
                    end++;
                }
                if (!isOfChineseWords(sentence.substring(at, end))) {
                    return false;
                }
            } else if (Character.isLetter(first)) {
                while (end < sentence.length() && isLatin(sentence.charAt(end))) {
                    end++;
                }
                if (!isWord(sentence.substring(at, end).toLowerCase(Locale.ROOT).replace('’', '\''))) {
                    return false;
                }
            } else if (!Character.isWhitespace(first) && SIGNS.indexOf(first) < 0) {
                return false;
            }
            at = end;
        }
        return true;
    }

    /** Whether a sentence has a phrase that only instructions have. */
    static boolean announces(String sentence) {
        String spaced = SPACE.matcher(sentence.toLowerCase(Locale.ROOT)).replaceAll(" ");
        return ENGLISH.matcher(spaced).find() || CHINESE.matcher(spaced).find();
    }

    private static boolean isLatin(char character) {
        return Character.isLetter(character) && !Character.isIdeographic(character)
                || character == '\''
                || character == '’';
    }

    private static boolean isWord(String word) {
        return WORDS.contains(word) || WORDS.contains(word.replaceFirst("'+s?'*$", ""));
    }

    /** Whether words can be laid end to end over the whole text. */
    private static boolean isOfChineseWords(String text) {
        boolean[] reached = new boolean[text.length() + 1];
        reached[0] = true;
        for (int start = 0; start < text.length(); start++) {
            for (int length = 1; reached[start] && length <= 5 && start + length <= text.length(); length++) {
                reached[start + length] |= CHINESE_WORDS.contains(text.substring(start, start + length));
            }
        }
        return reached[text.length()];
    }

    private static Set<String> words(String text) {
        return Set.of(new java.util.TreeSet<>(java.util.List.of(text.strip().split("\\s+"))).toArray(String[]::new));
    }
}
