package dev.tempo.policy.kafka;

import dev.tempo.contract.ArrivingQuestion;
import dev.tempo.contract.Check;
import dev.tempo.contract.Topics;
import dev.tempo.messaging.Publisher;
import dev.tempo.policy.PolicyProperties;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * The address to which questions are sent, and where they are deleted. A question is accepted once the broker has acknowledged it; it is
 * nowhere else. Without keys it answers callers on this machine alone.
 */
@RestController
class QuestionsController {
    private static final int MOST_BYTES = 1 << 20;
    private static final String RETRY_SECONDS = "5";

    private final Publisher publisher;
    private final QuestionKeys keys;

    QuestionsController(Publisher publisher, PolicyProperties properties) {
        this.publisher = publisher;
        this.keys = QuestionKeys.of(properties.questionKeys());
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
        byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            return error(HttpStatus.CONTENT_TOO_LARGE, "a request has at most " + MOST_BYTES + " bytes; send several");
        }
        try {
            List<ArrivingQuestion> questions = QuestionText.read(
                    new String(body, StandardCharsets.UTF_8),
                    isLines(type),
                    keys.owner(authorization).orElse(null));
            if (questions.size() > QuestionText.MOST) {
                return error(
                        HttpStatus.CONTENT_TOO_LARGE,
                        "a request has at most " + QuestionText.MOST + " questions; send several");
            }
            publisher.publishAll(Topics.ARRIVING_QUESTIONS, questions);
            return ResponseEntity.status(HttpStatus.ACCEPTED)
                    .body(Map.of(
                            "accepted",
                            questions.stream().map(ArrivingQuestion::id).toList()));
        } catch (IllegalArgumentException refused) {
            return error(HttpStatus.BAD_REQUEST, String.valueOf(refused.getMessage()));
        }
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
        if (!Check.NAME.matcher(id).matches()) {
            return error(HttpStatus.NOT_FOUND, "no question can have the id '" + id + "'");
        }
        publisher.publish(Topics.ARRIVING_QUESTIONS, ArrivingQuestion.deleted(id));
        return ResponseEntity.noContent().build();
    }

    /** The answer to a caller who may not send questions, or may not yet; null to who may. */
    private @Nullable ResponseEntity<Map<String, Object>> refusal(
            HttpServletRequest request, @Nullable String authorization) {
        if (keys.isEmpty()
                ? !isThisMachine(request.getRemoteAddr())
                : keys.owner(authorization).isEmpty()) {
            return keys.isEmpty()
                    ? error(
                            HttpStatus.FORBIDDEN,
                            "without keys questions are taken from this machine alone; name a file of keys in"
                                    + " tempo.policy.question-keys")
                    : error(
                            HttpStatus.UNAUTHORIZED,
                            "send a key of tempo.policy.question-keys as Authorization: Bearer KEY");
        }
        if (!publisher.isReady()) {
            return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                    .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                    .body(Map.of("error", "the broker is not in reach yet"));
        }
        return null;
    }

    private static boolean isThisMachine(String address) {
        return address.startsWith("127.") || address.equals("::1") || address.equals("0:0:0:0:0:0:0:1");
    }

    private static boolean isLines(@Nullable String type) {
        return type != null && (type.contains("ndjson") || type.contains("jsonl") || type.contains("json-lines"));
    }

    private static ResponseEntity<Map<String, Object>> error(HttpStatus status, String words) {
        return ResponseEntity.status(status).body(Map.of("error", words));
    }
}
