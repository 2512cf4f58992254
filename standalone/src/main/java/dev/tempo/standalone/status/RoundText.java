package dev.tempo.standalone.status;

import dev.tempo.messaging.succession.GroupLags;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a broker knows of a round, for people and for programs. */
final class RoundText {
    private RoundText() {}

    /** The topics with any traffic, and the groups that are behind. */
    static void print(PrintWriter out, RoundStanding round) {
        round.topics().stream()
                .filter(topic -> topic.asked() > 0 || topic.arrived() > 0)
                .forEach(topic -> out.println("  " + topic.topic() + ": " + topic.asked() + " asked, " + topic.arrived()
                        + " arrived, " + topic.missing() + " missing"));
        List<GroupLags.Lag> behind =
                round.lags().stream().filter(lag -> lag.behind() > 0).toList();
        behind.forEach(
                lag -> out.println("  group " + lag.group() + ": " + lag.behind() + " behind on " + lag.topic()));
        if (behind.isEmpty() && !round.lags().isEmpty()) {
            out.println("  no group is behind");
        }
    }

    static void add(Map<String, @Nullable Object> fields, RoundStanding round) {
        fields.put("topics", round.topics().stream().map(RoundText::fields).toList());
        fields.put("groups", round.lags());
    }

    private static Map<String, Object> fields(RoundTraffic topic) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("topic", topic.topic());
        fields.put("asked", topic.asked());
        fields.put("arrived", topic.arrived());
        fields.put("missing", topic.missing());
        return fields;
    }
}
