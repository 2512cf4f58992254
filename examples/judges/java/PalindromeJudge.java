import dev.tempo.plugin.Judge;
import dev.tempo.plugin.Verdict;

public final class PalindromeJudge implements Judge {
    public String name() { return "palindrome"; }
    public String version() { return "1"; }
    public Verdict judge(String question, String reference, String response, boolean ended) {
        String answer = response.strip();
        boolean correct = ended && answer.contentEquals(new StringBuilder(answer).reverse());
        return decided(correct, "palindrome", answer, correct ? "reads the same backwards" : "does not");
    }
}
