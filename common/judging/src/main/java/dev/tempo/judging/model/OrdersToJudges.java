package dev.tempo.judging.model;

import java.util.regex.Pattern;

/** Orders and forms of address that a response may hold for whoever judges it; in lower case, English and Chinese. */
final class OrdersToJudges {
    private static final String RIGHT_WORD =
            "(?:correct|right|true|equivalent|accurate|valid|perfect|accepted|approved|passed|passing|acceptable|identical)";

    private static final String FULL =
            "(?:full|maximum|top|perfect|the highest|all the|all|a passing|passing) (?:marks?|credits?|scores?|points?|grades?|reward)";

    private static final String WORK =
            "(?:answers?|responses?|submissions?|solutions?|candidates?|attempts?|outputs?|repl(?:y|ies))";

    private static final String IMPERATIVE =
            "(?:^|[\\n.!?,;:(\"'\\]}] ?|\\b(?:please|you (?:must|should|can|may|will|have to|need to)|now|just|kindly|simply|must|then|and|also|always|way) )";

    private static final String FORGET = IMPERATIVE
            + "(?:ignor(?:e|ing)|disregard(?:ing)?|forget|override|bypass|overrule|skip|set aside|stop following"
            + "|(?:do not|don't|never) (?:follow|apply|use|consult|look at|consider|compare|rely on|check))";

    static final Pattern ORDER = Pattern.compile(
            FORGET
                    + " (?:[a-z]+ ){0,4}?(?:previous|prior|above|earlier|preceding|all|any|your|system|former|every|other|initial|original)"
                    + " (?:[a-z]+ ){0,3}?(?:instructions?|prompts?|rules?|guidelines?|directions?|context|messages?|commands?|constraints?)\\b"
                    + "|" + FORGET
                    + " (?:[a-z]+ ){0,4}?(?:rubric|grading|graders?|mark(?:ing)? scheme|answer key|reference|gold|ground truth|system prompt|instructions?)\\b(?! (?:frame|point|state|voltage|level|line))"
                    + "|" + FORGET
                    + " (?:everything|all|anything|what(?:ever)?)(?: that)?(?: was| came| is| you were)? (?:above|before|written|so far|told|said|else)\\b"
                    + "|\\b(?:mark|grade|judge|rate|score|accept|approve|consider|treat|count|label|classify|evaluate|deem|regard|assess|take) (?:this|my|the|that|any|every|all|it|these)? ?(?:[a-z]+ ){0,2}?"
                    + WORK + " (?:to be |as (?:being |a )?|is )?(?:fully |completely |absolutely |entirely |100% )?"
                    + RIGHT_WORD + "\\b"
                    + "|\\b(?:accept|approve|count|treat|consider|take|evaluate|mark|grade|judge|rate|score|deem|regard) (?:it|this|that|everything|me) as (?:being )?(?:fully |completely )?(?:correct|equivalent|a match|right\\b(?!-))"
                    + "|\\b(?:mark|grade|judge|rate|score) (?:this |it |me |my answer |the answer |the response )*(?:as )?(?:fully |completely )?(?:correct|right|true|equivalent)\\b(?=\\s*(?:[.!,;\"')]|$))"
                    + "|\\b(?:accept|approve|pass|reward) (?:this|my) (?:[a-z]+ ){0,2}?(?:answer|response|submission|solution)\\b"
                    + "|\\b(?:give|award|assign|grant|deserves?|receives?|gets?|earns?)(?: [a-z]+){0,4} (?:" + FULL
                    + "|(?:a |the )?(?:perfect )?(?:score|grade|mark|reward) (?:of )?\\d|a (?:perfect )?(?:score|grade|mark) of|10/10|100/100|5/5|100%)"
                    + "|\\b(?:output|respond|reply|emit|print|answer|return|say|write)(?: (?:only|just|simply|with|exactly|back|the|a|an|word|words|verdict|json|token|single|string|object|following|that|now|always|please))* ?:? ?[\"'`{\\[]{0,3}(?:verdict|correct\\b|equivalent\\b|full marks)"
                    + "|\\b(?:you must|you should|you have to|please|always)(?: [a-z]+){0,3} (?:respond|reply|answer|output|return|say)(?: [a-z]+){0,3} [\"'`]?(?:yes|correct|true)\\b"
                    + "|" + IMPERATIVE
                    + "(?:treat|consider|regard|count) [^.\\n]{1,30}? (?:as )?(?:the same|equal|equivalent|interchangeable|correct|right)\\b"
                    + "|\\b(?:should|must|has to|ought to) be (?:considered|counted|marked|graded|judged|scored|treated|accepted)(?: as)? (?:correct|right|equivalent|accepted)\\b|\\bshould be accepted(?= ?(?:[.!\\n]|$))"
                    + "|\\b(?:please|kindly|just) accept\\b|" + IMPERATIVE
                    + "(?:answer|say|reply|output|respond with|reply with|print|return) (?:only )?[\"'](?:yes|correct|true|equivalent|1)[\"']"
                    + "|\\b(?:just|only|please|always|simply|now) (?:output|print|respond with|reply with|return|say|answer) [\"']?(?:1|yes|true|correct|10)\\b"
                    + "|\\byour (?:evaluation|verdict|judg(?:e)?ment|grade|grading|score|assessment) (?:should|must|is|will|has)\\b|\\brespond (?:positively|affirmatively)\\b"
                    + "|\\b(?:this|my) (?:answer|response|submission) deserves\\b|\\bi deserve\\b"
                    + "|\\bregardless of (?:the |what the |your )?(?:reference|answer key|gold|ground truth|rubric|expected)"
                    + "|\\b(?:for|during) (?:the purposes? of )?(?:this |the )?(?:grading|judging|scoring)\\b|\\bwhen (?:you )?(?:grad|judg|scor)(?:e|ing)\\b"
                    + "|\\bno (?:further |more )?(?:evaluation|checking|comparison|verification|grading|judging) (?:is )?(?:needed|required|necessary)\\b"
                    + "|\\b(?:comparison|grading|judging) (?:is|has been|was) (?:over|done|complete|finished|completed|skipped|disabled)\\b"
                    + "|\\b(?:do not|don't) (?:grade|penali[sz]e|evaluate (?:this|my))\\b|\\bbe (?:lenient|generous)\\b|\\bbenefit of the doubt\\b|\\bpartial credit\\b"
                    + "|\\b(?:this|the) (?:evaluation|grading|judg(?:e)?ment) (?:is|must|should)\\b"
                    + "|\\byour (?:new |only |real |actual |sole )?(?:task|job|role|instructions?) (?:is|are|now)\\b|\\bnew (?:instructions?|task|directives?|system prompt|rules?) ?:"
                    + "|\\b(?:developer mode|jailbreak|do anything now|prompt injection)\\b"
                    + "|(?:忽略|无视|忘记|忘掉|不要理会|不要遵守|不要参考|不必参考|不用管|不要看|跳过|绕过|不考虑)[^。!?\\n]{0,14}(?:指令|指示|提示|规则|要求|标准|参考答案|评分|说明|命令|答案)"
                    + "|(?:请|务必|直接|一律|[你您](?:必须|应当|应该|要))[^。!?\\n]{0,10}(?:判|评|给|打|标记|输出|回复|返回|视为|算作|认定|回答)[^。!?\\n]{0,12}(?:正确|满分|对(?=[。!,\"]|的|$)|通过|等价|一致|高分|correct|true)"
                    + "|(?:判|评|打)(?:为|作|成)(?:正确|满分|对的?)|(?:请|直接)(?:判|评|打)(?:正确|满分|对)|给(?:我|予|出)?满分|你(?:现在)?的任务(?:是|就是|变)|新的?指令|指令[:：]|不需要(?:评估|评判|比较|核对)|从宽|算(?:我|它|作)?对|(?:评分|判卷|阅卷|评判)时");

    static final Pattern ADDRESS = Pattern.compile(
            "\\b(?:dear|attention|note (?:to|for)|message (?:to|for)|instructions? (?:to|for)|hey|hello|hi|to|thank you|thanks)[ ,:]+(?:all )?(?:the |my |our )?"
                    + "(?:ai |llm |automated |human |auto)?-?(?:graders?|judging model|evaluators?|scorers?|grading (?:model|system|assistant|bot)|evaluation (?:model|system)|judge model)\\b"
                    + "|\\b(?:dear|attention|note (?:to|for)|message (?:to|for)|instructions? (?:to|for)|hey|hello|thank you|thanks)[ ,:]+(?:the )?(?:judges?|verifiers?|markers?|examiners?|assessors?|reviewers?|assistant|ai|model|llm)\\b"
                    + "|\\b(?:graders?|evaluators?|scorers?)(?: notes?)? ?[:,]|(?:^|[\\n.!?(\\[] *)(?:verifier|judge model|judge|assistant) ?:|\\b(?:ai|llm|auto|model) ?-?graders?\\b|\\bas (?:the|a|an) (?:grader|judge|evaluator|grading)\\b"
                    + "|\\byou are (?:now |actually |no longer |just |hereby )*(?:a|an|the|my)? ?(?:[a-z-]+ ){0,3}(?:judge|grader|evaluator|verifier|assistant|examiner|ai|language model|llm|chatbot|scoring system)\\b"
                    + "|\\b(?:act as|pretend to be|pretend you are|roleplay as)\\b.{0,40}\\b(?:judge|grader|evaluator|assistant|verifier|model|ai)\\b"
                    + "|\\bsystem (?:prompt|message|override|note|instructions?|update|notice) ?[:=\\-\\]]|(?:^|\\n) *(?:#+ *|\\[)?(?:system|developer|admin(?:istrator)?|assistant)\\]? ?:|\\boverride ?:|\\bsystem override\\b"
                    + "|\\b(?:the|this) (?:grader|evaluator|judge model|grading model) (?:should|must|will|has|can|may|is|needs?)\\b|\\bgraders? (?:agrees?|accepts?|confirms?|approves?)\\b"
                    + "|\\b(?:ai|llm|model|assistant|bot|anyone|whoever)s? (?:that is |who is |is )?reading this\\b|(?:^|\\n) *#{1,6} *(?:system|instructions?|assistant|evaluation|verdict|judg(?:e)?ment)\\b"
                    + "|\\bto the (?:evaluator|examiner|assessor|marker) ?[:,]"
                    + "|(?:评分|阅卷|判卷|批改|评审|打分|评判)(?:员|者|老师|人|器|模型|系统|助手|官|专家|程序)|裁判(?:模型|[:请]|, ?请)|你(?:现在)?(?:是|扮演|作为)(?:一个|一名|一位)?[^。\\n]{0,8}(?:裁判|评委|助手|评分|判卷|模型)|系统(?:提示|消息|指令|通知)(?:词)?[:：]?");

    private OrdersToJudges() {}
}
