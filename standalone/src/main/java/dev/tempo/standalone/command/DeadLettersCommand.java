package dev.tempo.standalone.command;

import dev.tempo.contract.Topic;
import dev.tempo.contract.Topics;
import dev.tempo.contract.UserException;
import dev.tempo.messaging.letters.DeadLetter;
import dev.tempo.messaging.letters.DeadLetterBox;
import dev.tempo.recipes.naming.NearestNames;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tempo dlt}: the records that a service could not take. */
@Command(
        name = "dlt",
        mixinStandardHelpOptions = true,
        description = {
            "Lists, shows, replays and drops dead letters: records that a service could not take.",
            "Each topic has a topic of its own for them, TOPIC-dlt, in which a record lies byte for byte, with the reason."
                    + " A letter is named by topic and number, and keeps its number. A workspace in which a run is at work"
                    + " is asked by its broker's port; in another one the broker is started for as long as the command takes.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:It is done; an empty list is done too.",
            "1:There is no such letter, or the broker cannot be reached.",
            "2:The command line is not understood."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./tempo dlt list",
            "  ./tempo dlt show labeled-trajectories 0",
            "  ./tempo dlt replay labeled-trajectories 0 2",
            "  ./tempo dlt drop labeled-trajectories 2"
        })
public final class DeadLettersCommand {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the letters of a topic, or of all: number, key, reader and reason.%n")
    int list(
            @Parameters(arity = "0..1", paramLabel = "TOPIC", description = "Only this topic.") @Nullable String topic,
            @Option(names = "--json", description = "Print one JSON object a line and nothing else.") boolean json,
            @Mixin BrokerSource source) {
        String only = topic == null ? null : known(topic);
        open(source, "./tempo dlt list", box -> {
            int found = 0;
            for (String present : box.topics()) {
                if (only == null || only.equals(present)) {
                    found += list(box, present, json);
                }
            }
            if (found == 0 && !json) {
                out().println("no dead letters");
            }
        });
        return 0;
    }

    private static void open(BrokerSource source, String work, Consumer<DeadLetterBox> use) {
        source.open(work, connection -> use.accept(connection.deadLetters()));
    }

    private int list(DeadLetterBox box, String topic, boolean json) {
        List<String> lines = new ArrayList<>();
        box.read(topic, letter -> lines.add(json ? LetterText.json(letter) : LetterText.line(letter)));
        if (!json && !lines.isEmpty()) {
            out().println(topic + ": " + letters(lines.size()));
        }
        lines.forEach(out()::println);
        return lines.size();
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows a letter: its headers and its record, laid out where it is JSON.%n")
    int show(
            @Parameters(paramLabel = "TOPIC", description = "The topic that it came from.") String topic,
            @Parameters(paramLabel = "N", description = "The letter's number.") long number,
            @Mixin BrokerSource source) {
        String name = known(topic);
        open(source, "./tempo dlt show", box -> {
            DeadLetter letter = letters(box, name, Set.of(number)).get(0);
            out().println("topic: " + letter.topic());
            out().println("number: " + letter.number());
            out().println("written: " + letter.written());
            out().println("key: " + LetterText.key(letter));
            new TreeMap<>(letter.headers()).forEach((header, text) -> {
                if (!header.equals("topic")) {
                    out().println(LetterText.printable(header, false) + ": " + LetterText.printable(text, true));
                }
            });
            out().println();
            out().println(LetterText.content(letter));
        });
        return 0;
    }

    @Command(
            name = "replay",
            mixinStandardHelpOptions = true,
            description = {
                "Writes the records of letters, with their keys, again to the topic that they came from.",
                "Services take each once more, or make it a new letter. The letters stay until they are dropped.",
                ""
            })
    int replay(
            @Parameters(paramLabel = "TOPIC", description = "The topic that they came from.") String topic,
            @Parameters(arity = "0..*", paramLabel = "N", description = "Their numbers (default: all of the topic).")
                    @Nullable
                    List<Long> numbers,
            @Mixin BrokerSource source) {
        String name = known(topic);
        open(source, "./tempo dlt replay", box -> {
            List<DeadLetter> letters = letters(box, name, numbers == null ? Set.of() : new TreeSet<>(numbers));
            for (DeadLetter letter : letters) {
                box.replay(letter);
                out().println("letter " + letter.number() + " is again in " + letter.topic() + ", with key "
                        + LetterText.key(letter) + " and " + letter.size() + " bytes");
            }
            out().println(letters(letters.size()) + " replayed; they stay until ./tempo dlt drop " + name);
        });
        return 0;
    }

    @Command(
            name = "drop",
            mixinStandardHelpOptions = true,
            description = {
                "Deletes the letters of a topic: all that are there, or those up to and with number N.",
                "Kafka deletes the beginning of a log and nothing else, so that every letter before N goes with it.",
                ""
            })
    int drop(
            @Parameters(paramLabel = "TOPIC", description = "The topic that they came from.") String topic,
            @Parameters(
                            arity = "0..1",
                            paramLabel = "N",
                            description = "The last number to delete (default: that of the newest letter).")
                    @Nullable
                    Long last,
            @Mixin BrokerSource source) {
        String name = known(topic);
        open(source, "./tempo dlt drop", box -> {
            List<Long> present = new ArrayList<>();
            box.read(name, letter -> present.add(letter.number()));
            if (last != null && !present.contains(last)) {
                throw missing(name, Set.of(last));
            }
            List<Long> dropped = present.stream()
                    .filter(number -> last == null || number <= last)
                    .toList();
            if (!dropped.isEmpty()) {
                box.drop(name, dropped.get(dropped.size() - 1) + 1);
            }
            out().println(name + ": " + letters(dropped.size()) + " dropped, " + (present.size() - dropped.size())
                    + " left");
        });
        return 0;
    }

    /** The letters of those numbers; all where none is named. */
    private static List<DeadLetter> letters(DeadLetterBox box, String topic, Set<Long> numbers) {
        List<DeadLetter> letters = new ArrayList<>();
        Set<Long> missing = new TreeSet<>(numbers);
        box.read(topic, letter -> {
            if (numbers.isEmpty() || missing.remove(letter.number())) {
                letters.add(letter);
            }
        });
        if (!missing.isEmpty()) {
            throw missing(topic, missing);
        }
        return letters;
    }

    private static UserException missing(String topic, Set<Long> numbers) {
        return new UserException(topic + " has no dead letter "
                + numbers.stream().map(String::valueOf).collect(Collectors.joining(", "))
                + "; ./tempo dlt list " + topic + " says which there are");
    }

    private static String known(String topic) {
        String name = topic.endsWith("-dlt") ? topic.substring(0, topic.length() - "-dlt".length()) : topic;
        List<String> names = Topics.all().stream().map(Topic::name).toList();
        if (!names.contains(name)) {
            List<String> near = NearestNames.to(name, names, 3);
            throw new UserException("there is no topic '" + topic + "'; "
                    + (near.isEmpty()
                            ? "topics are " + String.join(", ", names)
                            : "did you mean " + String.join(" or ", near) + "?"));
        }
        return name;
    }

    private static String letters(int count) {
        return count + (count == 1 ? " dead letter" : " dead letters");
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
