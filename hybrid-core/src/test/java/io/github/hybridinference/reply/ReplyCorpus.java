package io.github.hybridinference.reply;

import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.Resolution;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.RemoteReply.Finish;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Reads the replies under {@code src/test/resources/replies}; their format is described beside them. */
final class ReplyCorpus {
    /** A reply of the corpus: where it stands, of what kind it is, what must come of it, and what the model sent. */
    record Entry(String place, String kind, String expected, RemoteReply reply) {}

    /** A sentence of a model, and what of it must be left as commentary. */
    record Words(String place, String kind, String expected, String text) {}

    private static final String KIND = "# --- ";

    /** What the model had been told. */
    static final AnonymizedSnapshot SENT = AnonymizedSnapshot.builder(Timeframe.H1, Resolution.COARSE)
            .put(Feature.RSI_14, 27.4)
            .put(Feature.ADX_14, 30.9)
            .put(Feature.of("macd_pct"), -0.2)
            .put(Feature.of("macd_signal_pct"), -0.15)
            .put(Feature.of("macd_hist_pct"), -0.04)
            .put(Feature.of("bb_percent_b"), 0.05)
            .put(Feature.of("ema_50_dist_pct"), -1)
            .put(Feature.VOLUME_RATIO, 1.9)
            .put(Feature.VOLATILITY_PCT, 2.1)
            .put(Feature.PRICE_CHANGE_PCT, -2)
            .put(Feature.STOCH_K, 15)
            .put(Feature.STOCH_D, 20)
            .put(Feature.of("cci_20"), -150)
            .put(Feature.of("williams_r"), -85)
            .put(Feature.FEAR_GREED_INDEX, 22)
            .put(Feature.FUNDING_RATE_PCT, 0.01)
            .put(Feature.SENTIMENT_SCORE, -0.4)
            .put(Feature.custom("my_alpha", 0, 10, 2), 3)
            .build();

    static final String BUY = object(Map.of());
    static final String SELL = object(Map.of("action", "\"SELL\"", "confidence", "0.6"));
    static final String HOLD = object(Map.of("action", "\"HOLD\"", "confidence", "0.5"));

    private ReplyCorpus() {}

    static List<Entry> all() {
        return Stream.of("shape.txt", "fields.txt")
                .flatMap(file -> entries(file).stream())
                .toList();
    }

    static List<Entry> entries(String file) {
        List<Entry> entries = new ArrayList<>();
        eachLine(file, (place, kind, line) -> entries.add(entry(place, kind, line)));
        return entries;
    }

    static List<Words> words() {
        List<Words> words = new ArrayList<>();
        eachLine("words.txt", (place, kind, line) -> {
            int bar = line.indexOf(" | ");
            String text = unescape(line.substring(bar + 3));
            String shown = line.substring(0, bar);
            String expected = switch (shown) {
                case "kept" -> text;
                case "dropped" -> "";
                default -> shown.substring("left ".length());
            };
            words.add(new Words(place, kind, expected, text));
        });
        return words;
    }

    private interface LineReader {
        void read(String place, String kind, String line);
    }

    private static void eachLine(String file, LineReader reader) {
        String kind = "";
        List<String> lines = read(file).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith(KIND)) {
                kind = line.substring(KIND.length());
            } else if (!line.isBlank() && !line.startsWith("#")) {
                reader.read(file + ":" + (i + 1), kind, line);
            }
        }
    }

    static RemoteReply reply(String text) {
        return new RemoteReply(text, Finish.STOP, Usage.NONE, "test");
    }

    /** A good BUY with the reasoning replaced. */
    static String saying(String reasoning) {
        return object(Map.of("reasoning", quoted(reasoning)));
    }

    /** As JSON. */
    static String quoted(String reasoning) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < reasoning.length(); i++) {
            char c = reasoning.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\');
            }
            json.append(c);
        }
        return json.append('"').toString();
    }

    /** A good BUY with fields replaced by JSON, or left out where that is empty. */
    static String object(Map<String, String> changes) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("action", "\"BUY\"");
        fields.put("confidence", "0.7");
        fields.put("risk", "\"medium\"");
        fields.put("stop_loss_pct", "2.0");
        fields.put("take_profit_pct", "4.5");
        fields.put("reasoning", "\"Momentum turns up.\"");
        fields.putAll(changes);
        StringBuilder json = new StringBuilder("{");
        fields.forEach((key, value) -> {
            if (!value.isEmpty()) {
                json.append(json.length() > 1 ? "," : "")
                        .append('"')
                        .append(key)
                        .append("\":")
                        .append(value);
            }
        });
        return json.append('}').toString();
    }

    private static Entry entry(String place, String kind, String line) {
        int bar = line.indexOf(" | ");
        String expected = line.substring(0, bar);
        Finish finish = Finish.STOP;
        if (expected.startsWith("@")) {
            int blank = expected.indexOf(' ');
            finish = Finish.valueOf(expected.substring(1, blank));
            expected = expected.substring(blank + 1);
        }
        return new Entry(
                place, kind, expected, new RemoteReply(body(line.substring(bar + 3)), finish, Usage.NONE, "test"));
    }

    private static String body(String source) {
        String body = unescape(source);
        if (source.startsWith("\"") && !source.startsWith("\"\"") && !source.startsWith("\"{")) {
            return saying(body.substring(1));
        }
        return source.startsWith("~") && !source.startsWith("~~") ? object(changes(body.substring(1))) : body;
    }

    private static Map<String, String> changes(String source) {
        Map<String, String> changes = new LinkedHashMap<>();
        for (String change : source.split("; ")) {
            int equals = change.indexOf('=');
            changes.put(change.substring(0, equals), change.substring(equals + 1));
        }
        return changes;
    }

    static String unescape(String source) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < source.length(); i++) {
            if (source.charAt(i) != '§') {
                text.append(source.charAt(i));
            } else {
                i = unescape(source, i + 1, text);
            }
        }
        return text.toString();
    }

    /** Unescapes what follows a section sign, and returns the index of its last character. */
    private static int unescape(String source, int at, StringBuilder text) {
        for (Map.Entry<String, String> name :
                Map.of("BUY", BUY, "SELL", SELL, "HOLD", HOLD).entrySet()) {
            if (source.startsWith(name.getKey(), at)) {
                text.append(name.getValue());
                return at + name.getKey().length() - 1;
            }
        }
        switch (source.charAt(at)) {
            case 'n' -> text.append('\n');
            case 't' -> text.append('\t');
            case 'r' -> text.append('\r');
            case 'u' -> {
                text.append((char) Integer.parseInt(source, at + 1, at + 5, 16));
                return at + 4;
            }
            case '<' -> {
                int star = source.indexOf('*', at);
                int end = source.indexOf("§>", star);
                int times = Integer.parseInt(source, at + 1, star, 10);
                text.append(unescape(source.substring(star + 1, end)).repeat(times));
                return end + 1;
            }
            default -> throw new IllegalArgumentException("unknown escape in the corpus");
        }
        return at;
    }

    private static String read(String file) {
        try (InputStream in = Objects.requireNonNull(ReplyCorpus.class.getResourceAsStream("/replies/" + file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
