package io.github.hybridinference.classify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.github.hybridinference.model.Scenario.Reason;
import io.github.hybridinference.model.Timeframe;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a {@link RouterModel}'s file that scoring needs; the others are for people. */
record RouterFile(
        LocalDate trained,
        Timeframe timeframe,
        long examples,
        double intercept,
        List<Input> features,
        double slope,
        double shift,
        double gainBps,
        Map<Reason, Double> gains,
        double threshold,
        List<Hour> hours) {
    /**
     * The version of the format. A later one is needed where a reader of this one would score otherwise. Version 1 was learned from
     * votes of the rules that jumped (docs/decisions/032): its weights for score and votes mean something else.
     */
    static final int FORMAT = 2;

    private static final int HOURS = 24;
    private static final int MAX_LENGTH = 262_144;
    private static final int MAX_DEPTH = 6;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxDocumentLength(MAX_LENGTH)
                    .build())
            .build();

    /** How one figure is scaled, and what it weighs. */
    record Input(String name, double mean, double deviation, double weight) {}

    /**
     * What is expected of an hour of the day.
     *
     * @param scenarios how many complex scenarios a day brings in it, on average
     * @param probabilities evenly spaced quantiles of their probabilities of a change, ascending; empty without scenarios
     */
    record Hour(double scenarios, List<Double> probabilities) {}

    static RouterFile parse(String json) {
        Fields file = new Fields("", object(json));
        double format = file.number("format");
        if (format != FORMAT) {
            throw new IllegalArgumentException("this release reads router models of format " + FORMAT
                    + ", and this one has another, so that it may be of other rules: train it again");
        }
        Fields calibration = file.fields("calibration");
        Fields gain = file.fields("gain_bps");
        double slope = calibration.number("slope");
        require(slope > 0, "calibration.slope is positive");
        double threshold = file.fields("threshold").number("probability");
        require(threshold > 0 && threshold < 1, "threshold.probability is in (0, 1)");
        return new RouterFile(
                date(file.text("trained")),
                Timeframe.find(file.text("timeframe"))
                        .orElseThrow(() -> wrong("timeframe is a length of bars such as 1h")),
                (long) file.number("examples"),
                file.number("intercept"),
                file.list("features").stream().map(RouterFile::input).toList(),
                slope,
                calibration.number("shift"),
                gain.number("all"),
                gains(gain.fields("by_reason")),
                threshold,
                hours(file));
    }

    private static Input input(Fields feature) {
        String name = feature.text("name");
        require(RouterInputs.NAMES.contains(name), "features[].name is one of " + RouterInputs.NAMES);
        double deviation = feature.number("deviation");
        require(deviation > 0, "features[].deviation is positive");
        return new Input(name, feature.number("mean"), deviation, feature.number("weight"));
    }

    private static Map<Reason, Double> gains(Fields byReason) {
        Map<Reason, Double> gains = new EnumMap<>(Reason.class);
        for (Reason reason : Reason.values()) {
            if (byReason.has(reason.name())) {
                gains.put(reason, byReason.number(reason.name()));
            }
        }
        return gains;
    }

    private static List<Hour> hours(Fields file) {
        List<Fields> all = file.list("hours");
        require(all.size() == HOURS, "hours has " + HOURS + " entries, one for each hour of a day in UTC");
        return all.stream().map(RouterFile::hour).toList();
    }

    private static Hour hour(Fields json) {
        double scenarios = json.number("scenarios");
        double[] probabilities = json.numbers("probabilities");
        require(scenarios >= 0, "hours[].scenarios is not negative");
        require(
                Arrays.stream(probabilities).allMatch(value -> value >= 0 && value <= 1),
                "hours[].probabilities are in [0, 1]");
        require(scenarios == 0 || probabilities.length > 0, "hours[].probabilities are there where scenarios are");
        return new Hour(scenarios, Arrays.stream(probabilities).sorted().boxed().toList());
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException malformed) {
            throw wrong("trained is a date such as 2026-11-28");
        }
    }

    private static void require(boolean holds, String allowed) {
        if (!holds) {
            throw wrong(allowed);
        }
    }

    private static IllegalArgumentException wrong(String allowed) {
        return new IllegalArgumentException("not a router model: " + allowed);
    }

    private static Map<String, Object> object(String text) {
        try (JsonParser json = JSON.createParser(text)) {
            require(json.nextToken() == JsonToken.START_OBJECT, "it is one JSON object");
            Map<String, Object> fields = readObject(json);
            require(json.nextToken() == null, "nothing follows the object");
            return fields;
        } catch (IOException malformed) {
            throw wrong("it is JSON of at most " + MAX_LENGTH + " characters, each name once"); // no text is repeated
        }
    }

    private static Map<String, Object> readObject(JsonParser json) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            fields.put(name, readValue(json));
        }
        return fields;
    }

    private static Object readValue(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> readObject(json);
            case START_ARRAY -> {
                List<Object> values = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    values.add(readValue(json));
                }
                yield values;
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getDoubleValue();
            default -> json.getText();
        };
    }

    /** The fields of an object, and where it stands in the file. */
    private record Fields(String path, Map<String, Object> values) {
        boolean has(String name) {
            return values.containsKey(name);
        }

        double number(String name) {
            if (values.get(name) instanceof Double value && Double.isFinite(value)) {
                return value;
            }
            throw wrong(path + name + " is a finite number");
        }

        String text(String name) {
            if (values.get(name) instanceof String value) {
                return value;
            }
            throw wrong(path + name + " is a text");
        }

        Fields fields(String name) {
            return of(values.get(name), path + name);
        }

        List<Fields> list(String name) {
            List<Fields> all = new ArrayList<>();
            for (Object element : elements(name)) {
                all.add(of(element, path + name + "[]"));
            }
            return all;
        }

        double[] numbers(String name) {
            return elements(name).stream()
                    .mapToDouble(element -> {
                        if (element instanceof Double value && Double.isFinite(value)) {
                            return value;
                        }
                        throw wrong(path + name + " holds finite numbers");
                    })
                    .toArray();
        }

        private List<?> elements(String name) {
            if (values.get(name) instanceof List<?> elements) {
                return elements;
            }
            throw wrong(path + name + " is an array");
        }

        @SuppressWarnings("unchecked") // readObject makes them
        private static Fields of(@Nullable Object value, String path) {
            if (value instanceof Map<?, ?> map) {
                return new Fields(path + ".", (Map<String, Object>) map);
            }
            throw wrong(path + " is an object");
        }
    }
}
