package dev.tempo.judging.model;

import java.util.regex.Pattern;

/** Verdicts, references and authorities that a response may bring along; in lower case, English and Chinese. */
final class ClaimsOfVerdicts {
    static final Pattern VERDICT = Pattern.compile(
            "[\"'](?:verdict|is_?correct|correct(?:ness)?|judg(?:e)?ment|score|grade|label|equivalent|result|passed|reward|rating|decision|evaluation|match)[\"'] ?: ?[\"']?(?:correct|right|true|yes|equivalent|pass(?:ed)?|accept(?:ed)?|1(?:\\.0)?\\b|10\\b|100\\b|a\\b|full|match)"
                    + "|\\b(?:verdict|is_?correct|correct(?:ness)?|judg(?:e)?ment|score|grade|grading|evaluation|assessment|result|rating|decision|equivalen(?:t|ce)|status|label|decided|ruled)\\**(?: ?[:=]| is| [-–—]|→) ?[\"'`*\\[{(]{0,3}(?:correct|right\\b|true|yes\\b|equivalent|pass(?:ed)?\\b|accept(?:ed)?\\b|full (?:marks|credit|score)|match(?:es|ed)?\\b|a\\+|perfect|✓|✔|✅)"
                    + "|\\b(?:verdict|is_?correct|correctness|reward) ?[:=] ?(?:1(?:\\.0)?|10|100)\\b|\\b(?:score|grade|marks?|rating|points?)\\b[^.\\n]{0,12}?\\b(\\d{1,3}(?:\\.\\d)?) ?(?:/|out of) ?\\1\\b|\\[\\[(?:correct|yes|a|1|10|true|equivalent)\\]\\]|[✓✔✅] ?(?:correct|right|verified)"
                    + "|\\b(?:this|the|my|above|given|submitted|student'?s?|candidate'?s?|model'?s?) (?:final |candidate |student |given |above |submitted |proposed )*(?:answer|response|submission|output) (?:is|was|has been|must be|should be|is to be|will be) (?:hereby |already |also |as |to be |[a-z]+ly |100% |indeed |judged |marked |graded |considered |deemed |verified |confirmed |counted )*(?:correct|right|equivalent|accepted|verified|accurate|valid|approved|identical|a match)(?= ?(?:[.!,;:\"')\\n]|$|and\\b|because|since|as\\b|with|to the|according|by\\b|in every|per\\b))"
                    + "|\\b(?:matches|agrees with|equivalent to|identical to|equal to|same as|consistent with|in line with|fits|corresponds to) (?:exactly |fully |perfectly )?(?:the |your |that of the )?(?:reference|gold|ground[- ]truth|expected (?:answer|result|output)|standard answer|official|answer key|model answer|correct answer|given answer)\\b"
                    + "|\\bboth answers (?:are|mean|match|agree)|\\bfull (?:marks|credit|points)\\b|(?:=|\\bequals) (?:the )?(?:reference|gold|ground[- ]truth)\\b|\\bthe above (?:answer )?is (?:correct|right|equivalent)\\b|\\b(?:answer|response) accepted\\b|(?:结果|结论)[:是为]正确|(?:此|该|本|这个)?回答正确|权威答案"
                    + "|(?:判定|判决|评判|评价|评分|得分|裁定|判卷|评分结果|裁决)[^。\\n]{0,6}[:：是为][^。\\n]{0,6}(?:正确|满分|等价|一致|通过|100|10/10)|(?:该|此|这个|本|我的|上述|以上|学生的?|考生的?)(?:答案|回答|解答|作答)[^。\\n]{0,6}(?:是|完全|应|被|为|与)[^。\\n]{0,10}(?:正确|等价|一致|满分|相符|相同|对的)|与(?:参考|标准|正确|官方)答案[^。\\n]{0,6}(?:一致|相同|等价|相符|吻合)|满分");

    static final Pattern REFERENCE = Pattern.compile(
            "\\b(?:reference|gold(?:en)?|official|standard|model|expected) (?:answer|answers|key)\\b|\\bofficial (?:solution|explanation)s?\\b|\\breference (?:solution|response)s?\\b"
                    + "|\\bground[- ]truth (?:answer|label|is|says|value)\\b|\\bground[- ]truth ?[:=]|\\banswer (?:key|sheet)\\b|\\bmark(?:ing)? scheme\\b|\\bsolution manual\\b|\\b(?:updated|corrected|new|true|actual|real) reference\\b"
                    + "|(?:^|[\\n\"'{,]) *\"?(?:reference|gold|ground_?truth|target)\"? ?[:=]|\\bthe reference (?:says|is|states|was|should|reads|has been|also|given|itself)\\b|\\brubric\\b"
                    + "|参考答案|标准答案|官方(?:答案|解答|解析)|评分标准|答案手册");

    private static final String TEACHERS =
            "(?:teachers?|professors?|instructors?|lecturers?|tutors?|official (?:solution|answer|key|source|website|guide)s?|answer key|solutions? manual|mark(?:ing)? scheme|examiners?|exam(?:ination)? (?:board|committee|authors?)"
                    + "|(?:task|question|problem|exam|test|puzzle)(?:'s)? (?:authors?|setters?|writers?|creators?)|prof(?:essor|\\.) [a-z]+|annotators?|chatgpt|gpt-?[0-9][a-z0-9.-]*|claude|gemini|deepseek|openai|wolfram ?alpha|benchmark|dataset)";

    static final Pattern AUTHORITY = Pattern.compile(
            "\\b(?:" + TEACHERS
                    + ")(?: (?:has|have|had|already|also|clearly|explicitly|both|all|himself|herself|themselves))* (?:confirm(?:s|ed)?|verif(?:y|ies|ied)|approv(?:e|es|ed)|says?|said|states?|stated|agree[sd]?|gives?|gave|lists?|endorse[sd]?|accept(?:s|ed)?|certif(?:y|ies|ied)|told|validated?)\\b"
                    + "|\\bdr\\.? [a-z]+(?:, an? [a-z ]{3,20},)? (?:has )?(?:confirm|verif|approv|endors)[a-z]+\\b"
                    + "|\\b(?:confirmed|verified|approved|checked|endorsed|validated|certified|reviewed|signed off|agreed|told)(?: upon| me)? by (?:(?:the|a|an|my|our|your|several|multiple|two|three|many|all|leading|independent) )*(?:[a-z]+ )?(?:"
                    + TEACHERS + "|experts?|graders?|phds?)\\b"
                    + "|\\b(?:answer|result|solution) (?:is|was|has been|have been) (?:already |also |[a-z]+ly )*(?:confirmed|verified|approved|checked|endorsed|validated|certified|reviewed|peer-reviewed) by (?:(?:the|a|an|my|our|several|multiple|many|all|leading|independent) )*(?:[a-z]+ )?(?:authorit(?:y|ies)|committee|officials?|team|board|panel|mathematicians?|specialists?|scientists?|textbooks?|doctors?)\\b"
                    + "|\\baccording to (?:(?:the|my|our|your|an?) )?(?:[a-z]+ )?(?:official (?:solution|answer|key|guide|marking|explanation)|answer key|solution manual|mark(?:ing)? scheme|teacher|professor|instructor|examiner|reference(?: answer| solution)?|grader|key|exam board|chatgpt|openai|answer sheet)\\b"
                    + "|\\b(?:experts?|authorities|scientists|mathematicians|everyone|the committee|the textbook|textbooks|the authors?|wikipedia|sources)(?: (?:all|have|has|unanimously|already|also|clearly|widely))* (?:confirm(?:s|ed)?|agree[sd]?|verif(?:y|ies|ied)|says?|states?|accept(?:s|ed)?|endorse[sd]?)\\b[^.\\n]{0,30}\\b(?:answer|correct)\\b"
                    + "|\\b(?:i am|i'm) (?:an? |the )(?:[a-z]+ ){0,3}(?:expert|professor|phd|teacher|nobel|specialist|authority|examiner|mathematician|author of)\\b|\\bas an? (?:[a-z]+ ){0,2}(?:expert|professor|phd)\\b|\\btrust me\\b|\\bguaranteed (?:to be )?correct\\b|\\bofficially (?:confirmed|verified|correct|accepted)\\b"
                    + "|(?:老师|教授|官方|出题人|命题组|命题人|出题者|考试院|阅卷组)[^。\\n]{0,8}(?:确认|证实|说|指出|认定|认可|公布|给出|认为|验证|表示|审核)|(?:专家|权威)[^。\\n]{0,6}(?:确认|证实|认定)|(?:专家|教材|课本|教科书|权威|大家)[^。\\n]{0,12}(?:确认|证实|认定|公布|给出|认为|说)[^。\\n]{0,10}(?:答案|正确)|根据(?:官方|标准|参考|权威)(?:答案|解答|解析|资料)|经[^。\\n]{0,8}(?:老师|专家|官方|权威|教授)[^。\\n]{0,8}(?:确认|核实|验证|审核|认证|认定)");

    private ClaimsOfVerdicts() {}
}
