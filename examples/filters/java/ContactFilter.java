import dev.tempo.plugin.FilteredQuestion;
import dev.tempo.plugin.QuestionFilter;
import java.util.List;
import java.util.regex.Pattern;

/** Takes e-mail addresses out of questions, and refuses those with a telephone number. */
public final class ContactFilter implements QuestionFilter {
    private static final String TELEPHONE = "it holds what looks like a telephone number";
    private static final Pattern MAIL = Pattern.compile("[\\w.+-]{1,64}@[\\w-]{1,63}(\\.[\\w-]{1,63}){1,8}");
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.])(\\+|0)\\d{1,3}([ /()-]{1,2}\\d{2,8}){1,5}(?!\\w)");

    public String name() { return "contacts"; }
    public String version() { return "1"; }
    public List<String> reasons() { return List.of(TELEPHONE); }
    public FilteredQuestion filter(String question) {
        return NUMBER.matcher(question).find()
                ? FilteredQuestion.refused(TELEPHONE)
                : FilteredQuestion.kept(MAIL.matcher(question).replaceAll("[e-mail]"));
    }
}
