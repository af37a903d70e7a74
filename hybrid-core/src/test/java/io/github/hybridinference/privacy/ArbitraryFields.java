package io.github.hybridinference.privacy;

import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.FeatureFamily;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Spellings;
import io.github.hybridinference.model.Timeframe;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Maps as no honest caller and every dishonest one might hand them in; the same for the same seed. */
final class ArbitraryFields {
    private static final List<String> KNOWN = Corpus.benignNames();
    private static final List<Map<String, Object>> LEAKS = Corpus.leaks();
    private static final String ALPHABET =
            "abzAZ059_- .:/\"\\{}\u0000\n\u200b\u202e\u0441\u0131\u0435\uff11\ud835\u8d26";
    private static final List<String> FOREIGN = List.of(
            "zq", "Qz", "\u0000", "\n", "\"", "\\", "{", "\u200b", "\u202e", "\u0441", "\u0131", "\u0435", "\uff11",
            "\u8d26");
    private static final List<String> SECTIONS =
            List.of("market_data", "features", "sentimentData", "ON-CHAIN-DATA", "indicators", "account");

    private final Random random;

    ArbitraryFields(long seed) {
        random = new Random(seed);
    }

    /** Up to so many entries of every kind, sections included. */
    Map<String, Object> any(int most) {
        return any(most, 3);
    }

    private Map<String, Object> any(int most, int depth) {
        Map<String, Object> map = emptyMap();
        int size = random.nextInt(most + 1);
        for (int i = 0; i < size; i++) {
            int kind = random.nextInt(10);
            if (kind == 0 && depth > 0) {
                map.put(pick(SECTIONS), any(most, depth - 1));
            } else if (kind < 4) {
                map.put(spelled(pick(KNOWN)), value(depth));
            } else if (kind < 6) {
                map.putAll(pick(LEAKS));
            } else {
                map.put(foreignName(), value(depth));
            }
        }
        if (random.nextInt(20) == 0) {
            map.put("features", map);
        }
        return map;
    }

    private Map<String, Object> emptyMap() {
        return random.nextBoolean() ? new HashMap<>() : new LinkedHashMap<>();
    }

    /** Honest figures under names of the catalogue, each name once. */
    Map<String, Object> honest(int most) {
        Map<String, Object> map = new LinkedHashMap<>();
        Set<Feature> seen = new HashSet<>();
        for (int i = 1 + random.nextInt(most); i > 0; i--) {
            String name = pick(KNOWN);
            double figure = inRange(Feature.of(name).family());
            if (!isForeign(name, figure) && seen.add(Feature.of(name))) {
                map.put(spelled(name), figure);
            }
        }
        return map;
    }

    /** An honest map in another order and among foreign fields, some of it in sections. */
    Map<String, Object> among(Map<String, Object> honest, int foreign) {
        Map<String, Object> outside = emptyMap();
        Map<String, Object> section = emptyMap();
        List<String> names = new ArrayList<>(honest.keySet());
        for (int i = 0; i < foreign; i++) {
            names.add(foreignName());
        }
        Collections.shuffle(names, random);
        for (String name : names) {
            Object value = honest.containsKey(name) ? honest.get(name) : value(1);
            (random.nextInt(3) == 0 ? section : outside).put(name, value);
        }
        outside.put(pick(SECTIONS.subList(0, 4)), section);
        return outside;
    }

    /** Whether a map with this figure gives nothing. */
    private static boolean isForeign(String name, double figure) {
        MarketSnapshot snapshot = MarketSnapshot.builder("BTC-USDT", Timeframe.M30)
                .features(Map.of(name, figure))
                .build();
        return snapshot.toString().contains(" 0 features");
    }

    /** No name of anything, whatever the intake thinks of it: it has letters in it that no name has. */
    private String foreignName() {
        return random.nextBoolean() ? mutated(pick(KNOWN)) : mutated(noise(random.nextInt(12)));
    }

    private String mutated(String name) {
        int at = random.nextInt(name.length() + 1);
        return name.substring(0, at) + pick(FOREIGN) + name.substring(at);
    }

    private String noise(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    private String spelled(String name) {
        boolean snake = name.contains("_") && name.equals(name.toLowerCase(Locale.ROOT));
        return snake ? pick(Spellings.of(name)) : name;
    }

    private double inRange(FeatureFamily family) {
        double low = Math.max(family.low(), -200);
        double high = Math.min(family.high(), 200);
        return low + random.nextDouble() * (high - low);
    }

    private Object value(int depth) {
        return switch (random.nextInt(16)) {
            case 0 -> random.nextDouble() * 120 - 10;
            case 1 -> random.nextInt(120) - 10;
            case 2 -> random.nextLong();
            case 3 -> Double.longBitsToDouble(random.nextLong());
            case 4 -> random.nextFloat();
            case 5 -> new BigDecimal(new BigInteger(200, random), 60);
            case 6 -> new BigInteger(64, random);
            case 7 -> noise(30);
            case 8 -> "27.4";
            case 9 -> random.nextBoolean();
            case 10 -> null;
            case 11 -> Arrays.asList(27, noise(5), null);
            case 12 -> depth > 0 ? any(4, depth - 1) : Map.of();
            case 13 -> new Object[] {random.nextInt()};
            default -> random.nextDouble();
        };
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
