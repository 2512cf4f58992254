package dev.tempo.model.directory;

import dev.tempo.contract.recipe.LowRank;
import dev.tempo.model.Head;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.ModelFormatException;
import dev.tempo.model.ModelLayout;
import dev.tempo.model.Parameter;
import dev.tempo.model.config.ConfigFields;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;

/**
 * The modules of a model that an adapter adapts, found by PEFT's rules: {@code target_modules} is a list of names or of
 * their ends, a regular expression for whole names, or "all-linear"; {@code exclude_modules} and {@code layers_to_transform}
 * exclude some of them.
 */
final class AdapterTargets {
    private static final String TARGETS = "target_modules";
    private static final String EXCLUDED = "exclude_modules";
    private static final String LAYERS = "layers_to_transform";
    private static final String PATTERN = "layers_pattern";
    private static final String ALL_LINEAR = "all-linear";
    private static final String WEIGHT = ".weight";
    private static final Pattern LAYER = Pattern.compile(Pattern.quote(ModelLayout.LAYERS) + "(\\d+)\\..*");

    private final ConfigFields fields;
    private final ModelConfig config;
    private final List<String> modules = new ArrayList<>();

    AdapterTargets(Path file, JsonNode adapterConfig, ModelConfig config) {
        this.fields = new ConfigFields(file, "", adapterConfig);
        this.config = config;
        for (Parameter.Part part : ModelLayout.parts(config, Head.VOCABULARY)) {
            modules.add(part.name().substring(0, part.name().length() - WEIGHT.length()));
        }
        String output = ModelLayout.OUTPUT.substring(0, ModelLayout.OUTPUT.length() - WEIGHT.length());
        if (!modules.contains(output)) {
            modules.add(output);
        }
    }

    /**
     * The names of the adapted projections, the same in every layer.
     *
     * @throws ModelFormatException naming file and field, if modules other than projections are meant too, or not those of
     *     every layer
     */
    List<String> projections() {
        Predicate<String> meant = names(TARGETS);
        if (fields.node(EXCLUDED).isString() || !fields.node(EXCLUDED).isEmpty()) {
            meant = meant.and(names(EXCLUDED).negate());
        }
        List<String> adapted = modules.stream().filter(meant.and(inLayers())).toList();
        for (String module : adapted) {
            if (!LowRank.PROJECTIONS.contains(lastName(module))) {
                throw refused("reaches " + module + ", but only a layer's projections can be adapted: "
                        + LowRank.PROJECTIONS);
            }
        }
        List<String> projections = new ArrayList<>();
        for (String projection : LowRank.PROJECTIONS) {
            List<String> of = adapted.stream()
                    .filter(module -> lastName(module).equals(projection))
                    .toList();
            if (!of.isEmpty() && of.size() < config.layers()) {
                throw refused("adapts " + projection + " in " + of.size() + " of " + config.layers()
                        + " layers, but only adapters of the same projections in every layer are supported");
            }
            if (!of.isEmpty()) {
                projections.add(projection);
            }
        }
        if (projections.isEmpty()) {
            throw refused("names no module of this model; a layer's projections are " + LowRank.PROJECTIONS);
        }
        return projections;
    }

    private ModelFormatException refused(String why) {
        return fields.refusal(TARGETS, ConfigFields.shortened(fields.node(TARGETS)) + " " + why + AdapterConfig.ADVICE);
    }

    private static String lastName(String module) {
        return module.substring(module.lastIndexOf('.') + 1);
    }

    private Predicate<String> names(String field) {
        JsonNode said = fields.node(field);
        if (said.isString()) {
            String text = said.asString();
            if (field.equals(TARGETS) && text.toLowerCase(Locale.ROOT).equals(ALL_LINEAR)) {
                return module -> LowRank.PROJECTIONS.contains(lastName(module));
            }
            return pattern(field, text).asMatchPredicate();
        }
        if (!said.isArray()) {
            throw fields.wrong(
                    field, "must be a list of module names, a regular expression for whole names, or " + ALL_LINEAR);
        }
        Predicate<String> any = module -> false;
        for (JsonNode one : said) {
            String name = one.asString("");
            Predicate<String> named = module -> module.equals(name) || module.endsWith("." + name);
            if (field.equals(TARGETS) && modules.stream().noneMatch(named)) {
                throw refused("has '" + name + "', which is none of a layer's projections " + LowRank.PROJECTIONS);
            }
            any = any.or(named);
        }
        return any;
    }

    /**
     * The pattern of a Python regular expression. Of all that Java writes in another way, adapters use only the naming of
     * groups.
     */
    private Pattern pattern(String field, String text) {
        try {
            return Pattern.compile(text.replace("(?P<", "(?<"));
        } catch (PatternSyntaxException e) {
            throw fields.refusal(
                    field,
                    "is the text '" + text + "', which is neither " + ALL_LINEAR
                            + " nor a regular expression that can be" + " read; write a list of module names");
        }
    }

    private Predicate<String> inLayers() {
        JsonNode chosen = fields.node(LAYERS);
        JsonNode pattern = fields.node(PATTERN);
        if (chosen.isMissingNode() || chosen.isNull() || (chosen.isArray() && chosen.isEmpty())) {
            if (!pattern.isEmpty() || (pattern.isString() && !pattern.asString().isEmpty())) {
                throw fields.refusal(PATTERN, "says nothing without " + LAYERS);
            }
            return module -> true;
        }
        List<Integer> layers = new ArrayList<>();
        for (JsonNode one : chosen.isArray() ? chosen : List.of(chosen)) {
            if (!one.isInt()) {
                throw fields.wrong(LAYERS, "must be a whole number or a list of them");
            }
            layers.add(one.intValue());
        }
        boolean ofLayers = (pattern.isArray() && pattern.isEmpty())
                || pattern.isNull()
                || pattern.isMissingNode()
                || pattern.asString("").equals("layers")
                || (pattern.size() == 1 && pattern.path(0).asString("").equals("layers"));
        if (!ofLayers || fields.node(TARGETS).isString()) {
            throw fields.refusal(
                    LAYERS,
                    "is supported with a list of target_modules and without another layers_pattern than layers");
        }
        return module -> {
            Matcher layer = LAYER.matcher(module);
            return layer.matches() && layers.contains(Integer.valueOf(layer.group(1)));
        };
    }
}
