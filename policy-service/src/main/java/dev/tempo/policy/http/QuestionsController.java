package dev.tempo.policy.http;

import dev.tempo.contract.ArrivingQuestion;
import dev.tempo.contract.Check;
import dev.tempo.plugin.FilteredQuestion;
import dev.tempo.policy.PolicyProperties;
import dev.tempo.policy.filter.QuestionFilters;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * The address to which questions are sent, and where they are deleted. A question is accepted once the broker has acknowledged it; it is
 * nowhere else. Without keys it answers callers on this machine alone. Browsers send no page's JSON to another address than the page's without
 * asking first, and nobody here agrees: so only JSON is taken, and without keys only under a name of this machine.
 */
@RestController
class QuestionsController {
    private static final int MOST_BYTES = 1 << 20;
    private static final String RETRY_SECONDS = "5";
    private static final String JSON = "json";
    private static final Set<String> LINES =
            Set.of("x-ndjson", "ndjson", "jsonl", "x-jsonl", "jsonlines", "x-jsonlines", "json-lines");

    private final QuestionIntake intake;
    private final QuestionKeys keys;
    private final QuestionFilters filters;

    QuestionsController(QuestionIntake intake, PolicyProperties properties, QuestionFilters filters) {
        this.intake = intake;
        this.keys = QuestionKeys.of(properties.questionKeys());
        this.filters = filters;
    }

    @PostMapping("/v1/questions")
    ResponseEntity<Map<String, Object>> ask(
            HttpServletRequest request,
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
            @RequestHeader(name = HttpHeaders.CONTENT_TYPE, required = false) @Nullable String type)
            throws IOException {
        ResponseEntity<Map<String, Object>> refusal = refusal(request, authorization);
        if (refusal != null) {
            return refusal;
        }
        String form = form(type);
        if (!form.equals(JSON) && !LINES.contains(form)) {
            return error(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "Content-Type must be application/json, or application/x-ndjson for a question in each line, in"
                            + " UTF-8");
        }
        byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            return error(HttpStatus.CONTENT_TOO_LARGE, "a request has at most " + MOST_BYTES + " bytes; send several");
        }
        String owner = keys.owner(authorization).orElse(null);
        try {
            List<SentQuestion> questions = QuestionText.read(text(body), LINES.contains(form), owner);
            List<String> accepted = new ArrayList<>();
            List<Map<String, String>> refused = new ArrayList<>();
            return intake.take(() -> filtered(questions, accepted, refused))
                    .map(QuestionsController::later)
                    .orElseGet(() -> taken(accepted, refused));
        } catch (QuestionText.TooManyException tooMany) {
            return error(HttpStatus.CONTENT_TOO_LARGE, String.valueOf(tooMany.getMessage()));
        } catch (IllegalArgumentException refused) {
            return error(HttpStatus.BAD_REQUEST, String.valueOf(refused.getMessage()));
        }
    }

    /** What filters leave of questions, with the ids that these have for their sender, and those of which they leave nothing. */
    private List<ArrivingQuestion> filtered(
            List<SentQuestion> questions, List<String> accepted, List<Map<String, String>> refused) {
        List<ArrivingQuestion> arriving = new ArrayList<>();
        for (SentQuestion sent : questions) {
            FilteredQuestion filtered = filters.filter(sent.question());
            if (filtered.question() == null) {
                refused.add(Map.of("place", sent.place(), "reason", String.valueOf(filtered.reason())));
            } else {
                ArrivingQuestion question = sent.arriving(filtered.question());
                accepted.add(QuestionKeys.ownId(sent.owner(), question.id()));
                arriving.add(question);
            }
        }
        return arriving;
    }

    private static ResponseEntity<Map<String, Object>> taken(List<String> accepted, List<Map<String, String>> refused) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("accepted", accepted);
        if (!refused.isEmpty()) {
            body.put("refused", refused);
        }
        if (accepted.isEmpty()) {
            body.put("error", "filters have refused all of it");
        }
        return ResponseEntity.status(accepted.isEmpty() ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.ACCEPTED)
                .body(body);
    }

    @DeleteMapping("/v1/questions/{id}")
    ResponseEntity<Map<String, Object>> delete(
            HttpServletRequest request,
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
            @PathVariable String id) {
        ResponseEntity<Map<String, Object>> refusal = refusal(request, authorization);
        if (refusal != null) {
            return refusal;
        }
        String key = QuestionKeys.idOnTopic(keys.owner(authorization).orElse(null), id);
        if (!Check.NAME.matcher(id).matches() || !Check.NAME.matcher(key).matches()) {
            return error(HttpStatus.NOT_FOUND, "no question can have the id '" + id + "'");
        }
        return intake.take(List.of(ArrivingQuestion.deleted(key)))
                .map(QuestionsController::later)
                .orElseGet(() -> ResponseEntity.noContent().build());
    }

    /** The answer to a caller who may not send questions; null to who may. */
    private @Nullable ResponseEntity<Map<String, Object>> refusal(
            HttpServletRequest request, @Nullable String authorization) {
        if (!keys.isEmpty()) {
            return keys.owner(authorization).isPresent()
                    ? null
                    : error(
                            HttpStatus.UNAUTHORIZED,
                            "send a key of tempo.policy.question-keys as Authorization: Bearer KEY");
        }
        return isThisMachine(request.getRemoteAddr()) && isThisMachine(request.getServerName())
                ? null
                : error(
                        HttpStatus.FORBIDDEN,
                        "without keys questions are taken from this machine alone, at 127.0.0.1 or localhost; name a"
                                + " file of keys in tempo.policy.question-keys");
    }

    private static boolean isThisMachine(String address) {
        String bare = address.replace("[", "").replace("]", "");
        return bare.matches("127(\\.\\d{1,3}){3}")
                || bare.equals("::1")
                || bare.equals("0:0:0:0:0:0:0:1")
                || bare.equalsIgnoreCase("localhost");
    }

    /** The form of a body by its type, such as {@code json}; empty for any that is not understood. */
    private static String form(@Nullable String type) {
        try {
            MediaType media = MediaType.parseMediaType(type == null ? "" : type);
            boolean utf8 = media.getCharset() == null || media.getCharset().equals(StandardCharsets.UTF_8);
            return media.getType().equals("application") && utf8 ? media.getSubtype() : "";
        } catch (InvalidMediaTypeException unreadable) {
            return "";
        }
    }

    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException other) {
            throw new IllegalArgumentException("the body is not UTF-8", other);
        }
    }

    private static ResponseEntity<Map<String, Object>> later(String words) {
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .body(Map.of("error", words));
    }

    private static ResponseEntity<Map<String, Object>> error(HttpStatus status, String words) {
        return ResponseEntity.status(status).body(Map.of("error", words));
    }
}
