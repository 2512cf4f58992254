package dev.tempo.standalone.chaos;

import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a record may be that no reader can take. */
enum PoisonSort {
    NULL {
        @Override
        boolean spoil(ObjectNode message) {
            return false;
        }
    },
    GARBAGE {
        @Override
        boolean spoil(ObjectNode message) {
            return false;
        }
    },
    UNKNOWN_RUN {
        @Override
        boolean spoil(ObjectNode message) {
            return replaced(message, List.of("run"), old -> "nobody-announced-it");
        }
    },
    UNKNOWN_QUESTION {
        @Override
        boolean spoil(ObjectNode message) {
            return replaced(message, List.of("question"), old -> "nobody/asked-this");
        }
    },
    UNKNOWN_VERSION {
        @Override
        boolean spoil(ObjectNode message) {
            return replaced(
                    message,
                    List.of("round", "version", "criticVersion"),
                    old -> String.valueOf(old.asInt() + 100_000));
        }
    },
    UNKNOWN_STAGE {
        @Override
        boolean spoil(ObjectNode message) {
            return replaced(message, List.of("stage"), old -> "no-such-stage");
        }
    },
    WRONG_LENGTH {
        @Override
        boolean spoil(ObjectNode message) {
            return replaced(message, List.of("environment"), old -> old.asString("") + "01");
        }
    },
    TOO_MANY_SAMPLES {
        @Override
        boolean spoil(ObjectNode message) {
            return replaced(message, List.of("samples"), old -> "2000000000");
        }
    },
    TOO_LARGE {
        @Override
        boolean spoil(ObjectNode message) {
            return replaced(message, List.of("response", "questionText"), old -> "9".repeat(LARGE));
        }
    };

    private static final int LARGE = 8 << 20;

    /** Makes something of the message that no reader can place; whether it has a part of which that can be made. */
    abstract boolean spoil(ObjectNode message);

    /** Whether it is no message at all, so that none has to be spoiled. */
    boolean isNoMessage() {
        return this == NULL || this == GARBAGE;
    }

    /** Another value of a field. */
    private interface Other {
        String of(JsonNode old);
    }

    private static boolean replaced(ObjectNode node, List<String> names, Other other) {
        boolean found = false;
        for (String name : List.copyOf(node.propertyNames())) {
            JsonNode value = node.get(name);
            if (names.contains(name) && value.isValueNode()) {
                String text = other.of(value);
                if (value.isNumber()) {
                    node.put(name, Long.parseLong(text));
                } else {
                    node.put(name, text);
                }
                found = true;
            } else if (value instanceof ObjectNode inner) {
                found |= replaced(inner, names, other);
            } else if (value instanceof ArrayNode list) {
                for (JsonNode item : list) {
                    found |= item instanceof ObjectNode inner && replaced(inner, names, other);
                }
            }
        }
        return found;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
