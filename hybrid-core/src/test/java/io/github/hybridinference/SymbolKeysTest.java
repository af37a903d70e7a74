package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.internal.CacheKeyFactory;
import io.github.hybridinference.internal.KeyedDigest;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.AssetClass;
import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.testing.FakeModel;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that are kept apart by symbol tell neither symbol nor figures without the secret. */
class SymbolKeysTest {
    private static final byte[] SECRET = "a secret of this fleet, 32 bytes".getBytes(StandardCharsets.UTF_8);
    private static final int MARKETS = 10;
    private static final int BARS = 200;
    private static final int PAIRS = 40;

    private final Anonymizer anonymizer = Anonymizer.standard();
    private final List<List<AnonymizedSnapshot>> publicBars = markets(new SplittableRandom(7));

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 32, 63, 64, 65, 200})
    void isTheStandardsHmac(int secretBytes) throws GeneralSecurityException {
        byte[] secret = Arrays.copyOf(SECRET, secretBytes);
        for (String symbol : List.of("", "BTC-USDT", "贵州茅台", "A".repeat(64))) {
            assertThat(new KeyedDigest(secret).of(new CacheKey(-3, 4), symbol)).isEqualTo(hmac(secret, -3, 4, symbol));
        }
    }

    @Test
    void isTheSameInEveryInstanceWithTheSameSecretAndAnotherUnderAnother() {
        CacheKeyFactory one = keys(SECRET);
        CacheKeyFactory two = keys(SECRET.clone());
        CacheKeyFactory stranger = keys("another secret of another fleet!".getBytes(StandardCharsets.UTF_8));
        Set<CacheKey> seen = new HashSet<>();
        for (List<AnonymizedSnapshot> market : publicBars) {
            AnonymizedSnapshot bar = market.get(0);
            for (String symbol : List.of("BTC-USDT", "ETH-USDT")) {
                CacheKey key = one.keyOf(of(symbol), bar);
                assertThat(two.keyOf(of(symbol), bar)).isEqualTo(key);
                assertThat(seen.add(key)).isTrue();
                assertThat(seen.add(stranger.keyOf(of(symbol), bar))).isTrue();
            }
        }
    }

    /**
     * The attack on the digest of the symbol in the seed of an invertible hash: each key is taken back through each bar of each
     * public market, and where two keys come from the same seed, their bars and so their market are found.
     */
    @Test
    void isNotTakenBackToMarketAndBars() {
        CacheKeyFactory kept = keys(SECRET);
        int before = 0;
        int now = 0;
        SplittableRandom random = new SplittableRandom(11);
        for (int pair = 0; pair < PAIRS; pair++) {
            int market = random.nextInt(MARKETS);
            AnonymizedSnapshot one = publicBars.get(market).get(random.nextInt(BARS));
            AnonymizedSnapshot other = publicBars.get(market).get(random.nextInt(BARS));
            MarketSnapshot symbol = of("market-" + market);
            before += attack(one.key(seedBefore(symbol.symbol())), other.key(seedBefore(symbol.symbol()))) == market
                    ? 1
                    : 0;
            now += attack(kept.keyOf(symbol, one), kept.keyOf(symbol, other)) >= 0 ? 1 : 0;
        }
        System.out.println("markets named from two keys: " + before + " of " + PAIRS + " with the digest in the seed, "
                + now + " of " + PAIRS + " with the keyed function");
        assertThat(before).as("the attack itself works").isEqualTo(PAIRS);
        assertThat(now).isZero();
    }

    /** The market of the bars that both keys lead back to one seed, or -1. */
    private int attack(CacheKey one, CacheKey other) {
        for (int market = 0; market < MARKETS; market++) {
            Map<CacheKey, AnonymizedSnapshot> seeds = new HashMap<>();
            for (AnonymizedSnapshot bar : publicBars.get(market)) {
                seeds.put(seedOf(one, bar), bar);
            }
            for (AnonymizedSnapshot bar : publicBars.get(market)) {
                if (seeds.containsKey(seedOf(other, bar))) {
                    return market;
                }
            }
        }
        return -1;
    }

    // ---- MurmurHash3, backwards

    private static CacheKey seedOf(CacheKey key, AnonymizedSnapshot bar) {
        List<long[]> pairs = pairs(bar);
        long h1 = key.high();
        long h2 = key.low();
        h2 -= h1;
        h1 -= h2;
        h1 = unavalanche(h1);
        h2 = unavalanche(h2);
        h2 -= h1;
        h1 -= h2;
        h1 ^= pairs.size();
        h2 ^= pairs.size();
        for (int i = pairs.size() - 1; i >= 0; i--) {
            h2 = (h2 - 0x38495ab5) * inverse(5);
            h2 = Long.rotateRight(h2 - h1, 31);
            h2 ^= Long.rotateLeft(pairs.get(i)[1] * 0x4cf5ad432745937fL, 33) * 0x87c37b91114253d5L;
            h1 = (h1 - 0x52dce729) * inverse(5);
            h1 = Long.rotateRight(h1 - h2, 27);
            h1 ^= Long.rotateLeft(pairs.get(i)[0] * 0x87c37b91114253d5L, 31) * 0x4cf5ad432745937fL;
        }
        return new CacheKey(h1, h2);
    }

    private static List<long[]> pairs(AnonymizedSnapshot bar) {
        List<long[]> pairs = new ArrayList<>();
        pairs.add(new long[] {
            (long) bar.timeframe().ordinal() << 32 | bar.assetClass().ordinal(),
            (long) bar.session().ordinal() << 32 | bar.resolution().ordinal()
        });
        for (int i = 0; i < bar.size(); i++) { // a feature of the catalogue has its place in the order as its hash
            pairs.add(new long[] {bar.feature(i).hashCode(), Math.round(bar.value(i) / bar.step(i))});
        }
        return pairs;
    }

    private static long unavalanche(long mixed) {
        long half = mixed ^ mixed >>> 33;
        half *= inverse(0xc4ceb9fe1a85ec53L);
        half ^= half >>> 33;
        half *= inverse(0xff51afd7ed558ccdL);
        return half ^ half >>> 33;
    }

    /** Modulo 2^64, by Newton. */
    private static long inverse(long odd) {
        long inverse = odd;
        for (int i = 0; i < 6; i++) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }

    // ---- what the attack is tried on

    /** As the key was seeded when the digest of the symbol went into it. */
    private static CacheKey seedBefore(String symbol) {
        CacheKey shared = CacheKey.of("any seed");
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
            ByteBuffer halves = ByteBuffer.wrap(mac.doFinal(symbol.getBytes(StandardCharsets.UTF_8)));
            return new CacheKey(shared.high() ^ halves.getLong(), shared.low() ^ halves.getLong());
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static CacheKey hmac(byte[] secret, long high, long low, String symbol) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        mac.update(ByteBuffer.allocate(16).putLong(high).putLong(low).array());
        ByteBuffer halves = ByteBuffer.wrap(mac.doFinal(symbol.getBytes(StandardCharsets.UTF_8)));
        return new CacheKey(halves.getLong(), halves.getLong());
    }

    private static CacheKeyFactory keys(byte[] secret) {
        return new CacheKeyFactory(List.of(new FakeModel("model")), false, new KeyedDigest(secret));
    }

    private static MarketSnapshot of(String symbol) {
        return MarketSnapshot.builder(symbol, Timeframe.H1).build();
    }

    private List<List<AnonymizedSnapshot>> markets(SplittableRandom random) {
        List<List<AnonymizedSnapshot>> markets = new ArrayList<>();
        for (int market = 0; market < MARKETS; market++) {
            List<AnonymizedSnapshot> bars = new ArrayList<>();
            for (int bar = 0; bar < BARS; bar++) {
                bars.add(anonymizer.anonymize(MarketSnapshot.builder("market-" + market, Timeframe.H1)
                        .assetClass(AssetClass.CRYPTO)
                        .feature(Feature.PRICE_CHANGE_PCT, random.nextDouble(-3, 3))
                        .feature(Feature.ADX_14, random.nextDouble(10, 60))
                        .feature(Feature.RSI_14, random.nextDouble(10, 90))
                        .feature(Feature.STOCH_K, random.nextDouble(0, 100))
                        .feature(Feature.VOLATILITY_PCT, random.nextDouble(0.2, 4))
                        .feature(Feature.VOLUME_RATIO, random.nextDouble(0.2, 4))
                        .build()));
            }
            markets.add(bars);
        }
        return markets;
    }
}
