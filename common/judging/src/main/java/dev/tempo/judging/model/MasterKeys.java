package dev.tempo.judging.model;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Master keys: texts that announce an answer or a way to it and give neither, which judge models are known to reward. A
 * small grammar instead of a list: a heading in one of many languages, or a subject, a verb of thinking and how it is
 * to be done.
 */
final class MasterKeys {
    private static final String HEADINGS = """
            solution|solutions|solution process|full solution|complete solution|step by step solution|detailed solution|answer\
            |answers|final answer|correct answer|right answer|my answer|my final answer|response|final response|result\
            |results|final result|final output|conclusion|thought|thoughts|thought process|thinking|thinking process\
            |mental process|thought experiment|chain of thought|reasoning|reasoning process|reasoning steps|explanation\
            |detailed explanation|analysis|proof|calculation|calculations|computation|derivation|approach|solution steps\
            |solution method|solving process|step \\d+|first step|step by step|to solve|to answer|in conclusion\
            |final answer is|answer is|answer is as follows|solution is|solution is as follows|solution is given below\
            |correct answer is|my answer is|result is|here is|here s|therefore|thus|hence|so|ok|okay|alright|sure|certainly\
            |of course|great|hmm|wait|well|let s see|let me see|let me think|let us see|let s think|let s go|let s begin\
            |let s start|i think|i see|as follows|see above|see below|as shown above|as explained above|tbd|todo\
            |your answer|your answer here|answer here|insert answer here|final answer here|problem statement|final\
            |解|解答|解析|解法|解题过程|解題過程|解题思路|答|答案|回答|分析|思考|思考过程|思路|思维过程|证明|过程|步骤|首先|最终答案|所以|因此|综上所述\
            |かいせつ|解説|かいとう|こたえ|答え|考え方|解き方|ステップ|思考プロセス|説明|정답|답|답변|풀이|해설|설명|해결|사고 과정\
            |respuesta|respuesta final|solución|solucion|explicación|proceso de pensamiento|razonamiento|resultado\
            |réponse|reponse|réponse finale|solution finale|explication|raisonnement|lösung|loesung|antwort|endergebnis\
            |erklärung|gedankengang|risposta|soluzione|spiegazione|ragionamento|resposta|solução|solucao|explicação|raciocínio\
            |oplossing|antwoord|uitleg|ответ|решение|объяснение|рассуждение|відповідь|розв язання|odpowiedź|rozwiązanie|odpověď\
            |řešení|cevap|çözüm|açıklama|svar|lösning|løsning|vastaus|ratkaisu|απάντηση|λύση|الحل|الجواب|الإجابة|الاجابة|إجابة|شرح\
            |उत्तर|हल|समाधान|व्याख्या|उत्तर है|คำตอบ|วิธีทำ|lời giải|đáp án|giải|jawaban|penyelesaian|solusi|penjelasan""";

    private static final Pattern HEADING =
            Pattern.compile("(?:(?:" + HEADINGS + ")(?: |$))+", Pattern.UNICODE_CHARACTER_CLASS);

    private static final Pattern INTENTION = Pattern.compile("""
            (?:(?:so|ok|okay|alright|sure|first|now|well|here|great|certainly|to begin|to start) )*\
            (?:let s|lets|let us|let me|we|we ll|we will|we can|we need to|we should|we must|we have to|i|i ll|i will|i can\
            |i need to|i should|i must|i have to|i m going to|i am going to|we are going to|to|in order to)(?: (?:now|first|try to\
            |begin by|start by|carefully|just|please))* \
            (?:solve|solving|think|thinking|analy[sz]e|analy[sz]ing|break|breaking|work|working|figure|figuring|tackle|tackling\
            |reason|reasoning|find|finding|answer|answering|approach|consider|considering|look|looking|start|begin|go\
            |calculate|compute|determine|understand|understanding|examine|explore|explain|do|address|proceed|follow|use\
            |consider)\
            (?: (?:this|the|it|these|our|about|at|with|through|into|out|to|for|of|down|given|following|math|mathematical\
            |problem|problems|question|questions|equation|expression|puzzle|task|step|steps|by|simple|smaller|parts|carefully\
            |systematically|logically|together|first|here|now|thoroughly|solution|answer|correct|final|and|in|detail|manageable\
            |process|reasoning|solve|find|think|analyze|reason|break|everything|all|again|a|an))*""");

    private static final Pattern ORDER_TO_ONESELF = Pattern.compile(
            "(?:first )?(?:solve|solving|think|thinking|analy[sz]e"
                    + "|analy[sz]ing|break|breaking|understand|understanding|find|finding|answer|answering|consider|read|reading"
                    + "|work|working)(?: \\w+){0,4} (?:problem|question|equation|task|answer|solution|step by step|steps)(?: \\w+){0,3}");

    private static final Set<String> SENTENCES = Set.of(
            "让我们一步一步地解决这个问题",
            "让我们一步一步来解决这个问题",
            "让我们一步步思考",
            "让我们逐步解决这个问题",
            "我们来解决这个问题",
            "この問題をステップバイステップで解きましょう",
            "ステップバイステップで考えましょう",
            "一歩ずつ解決していきましょう",
            "단계별로 생각해 봅시다",
            "이 문제를 단계별로 풀어봅시다",
            "resolvamos este problema paso a paso",
            "vamos a resolver este problema paso a paso",
            "pensemos paso a paso",
            "résolvons ce problème étape par étape",
            "résolvons ce problème pas à pas",
            "lösen wir dieses problem schritt für schritt",
            "lass uns dieses problem schritt für schritt lösen",
            "risolviamo questo problema passo dopo passo",
            "vamos resolver este problema passo a passo",
            "давайте решим эту задачу шаг за шагом",
            "давайте решим эту проблему шаг за шагом");

    /** The most characters of a master key, which also keeps the patterns from backtracking long. */
    private static final int LONGEST = 120;

    private static final Pattern PARTS = Pattern.compile("[\\n.!?:;,\u3002\uFF01\uFF1A\uFF1B\uFF1F\u3001\uFF0C]+");

    private MasterKeys() {}

    /** Whether every part of the text between stops announces an answer and none gives it. */
    static boolean isOne(String text) {
        List<String> parts = PARTS.splitAsStream(text)
                .map(part -> NormalizedWords.of(part).essential().joined())
                .filter(part -> !part.isEmpty())
                .toList();
        return !parts.isEmpty() && parts.stream().allMatch(MasterKeys::announces);
    }

    private static boolean announces(String part) {
        if (part.length() > LONGEST) {
            return false;
        }
        return HEADING.matcher(part).matches()
                || INTENTION.matcher(part).matches()
                || ORDER_TO_ONESELF.matcher(part).matches()
                || SENTENCES.contains(part);
    }
}
