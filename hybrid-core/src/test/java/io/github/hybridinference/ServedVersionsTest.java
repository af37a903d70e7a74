package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.internal.ServedVersions;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Provenance;
import io.github.hybridinference.model.Resolution;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.RemoteReply.Finish;
import io.github.hybridinference.reply.ReplyVerifier.Accepted;
import io.github.hybridinference.testing.FakeModel;
import io.github.hybridinference.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of a version that is not served any more are not given, and a provider whose marks vary keeps its hits. */
class ServedVersionsTest {
    private static final String NAME = "fake-model";
    private static final int QUESTIONS = 20;
    private static final int WARM = 40;

    @Test
    void anAnswerTellsItsVersionAndSoDoesItFromTheCache() {
        try (Bench bench = new Bench()) {
            bench.model.then(serving(Replies.MODEL, "fp_1"));

            assertThat(provenance(bench.ask(Snapshots.complex(1))).fingerprint())
                    .isEqualTo("fp_1");
            assertThat(provenance(bench.ask(Snapshots.complex(1))).fingerprint())
                    .isEqualTo("fp_1");
            assertThat(bench.ask(Snapshots.complex(1)).source()).isEqualTo(Source.CACHE);
            assertThat(bench.ask(Snapshots.complex(1)).toRecord().system_fingerprint())
                    .isEqualTo("fp_1");
        }
    }

    @Test
    void aCachedAnswerOfAnOlderFingerprintIsNotGiven() {
        assertThatTheSecondRetiresTheFirst(serving(Replies.MODEL, "fp_1"), serving(Replies.MODEL, "fp_2"));
    }

    @Test
    void aCachedAnswerOfAnotherNameIsNotGiven() {
        assertThatTheSecondRetiresTheFirst(serving("model-0919", null), serving("model-1017", null));
    }

    @Test
    void aCachedAnswerWithoutAFingerprintIsNotGivenOnceThereIsOne() {
        assertThatTheSecondRetiresTheFirst(serving(Replies.MODEL, null), serving(Replies.MODEL, "fp_1"));
    }

    private static void assertThatTheSecondRetiresTheFirst(
            Consumer<FakeModel.Exchange> first, Consumer<FakeModel.Exchange> second) {
        try (Bench bench = new Bench()) {
            bench.model.then(first).then(second).then(second);
            bench.ask(Snapshots.complex(1));
            assertThat(bench.ask(Snapshots.complex(1)).source()).isEqualTo(Source.CACHE);
            bench.time.advance(Duration.ofSeconds(1));

            bench.ask(Snapshots.complex(2));

            assertThat(bench.ask(Snapshots.complex(1)).source()).isEqualTo(Source.REMOTE);
            assertThat(bench.ask(Snapshots.complex(1)).source()).isEqualTo(Source.CACHE);
            assertThat(bench.ask(Snapshots.complex(2)).source()).isEqualTo(Source.CACHE);
        }
    }

    /** As of a provider with several machines: each is a version, and all of them are served. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 8})
    void versionsThatAlternateKeepTheirHits(int backends) {
        Random random = new Random(backends);
        assertThat(missesWith(asked -> "fp_" + random.nextInt(backends), 0))
                .as("each backend may cost the hits of the others until it is seen again")
                .isLessThanOrEqualTo(QUESTIONS * backends);
        assertThat(missesWith(asked -> "fp_" + random.nextInt(backends), 2 * WARM))
                .isLessThanOrEqualTo(2);
    }

    @Test
    void aMarkThatIsNeverTheSameIsIgnored() {
        assertThat(missesWith(asked -> "fp_" + asked, 9)).isZero();
        assertThat(missesWith(asked -> "fp_" + asked, 0)).isLessThanOrEqualTo(9);
    }

    /**
     * Asks all questions until each was answered once, and then again and again.
     *
     * @param fingerprints by the number of the request
     * @param before how many other questions are asked first
     * @return how many of the later questions were not answered from the cache
     */
    private static int missesWith(IntFunction<String> fingerprints, int before) {
        try (Bench bench = new Bench()) {
            AtomicInteger asked = new AtomicInteger();
            bench.model.always(
                    exchange -> exchange.reply(reply(Replies.MODEL, fingerprints.apply(asked.incrementAndGet()))));
            for (int i = 0; i < before; i++) {
                bench.time.advance(Duration.ofMillis(1));
                bench.ask(Snapshots.complex(1_000 + i));
            }
            int misses = 0;
            for (int round = 0; round < 10; round++) {
                for (int question = 0; question < QUESTIONS; question++) {
                    bench.time.advance(Duration.ofMillis(1));
                    boolean hit = bench.ask(Snapshots.complex(question)).source() == Source.CACHE;
                    misses += round == 0 || hit ? 0 : 1;
                }
            }
            return misses;
        }
    }

    @Test
    void aVersionThatIsPhasedOutIsGivenUpAfterSomeReplies() {
        try (Bench bench = new Bench()) {
            for (int i = 0; i < 10; i++) {
                askOf(bench, i, i % 2 == 0 ? "old" : "new");
            }
            assertThat(bench.ask(Snapshots.complex(8)).source())
                    .as("still served")
                    .isEqualTo(Source.CACHE);
            for (int i = 10; i < 42; i++) {
                askOf(bench, i, "new");
            }

            bench.model.then(serving(Replies.MODEL, "new"));
            assertThat(bench.ask(Snapshots.complex(8)).source()).isEqualTo(Source.REMOTE);
            assertThat(bench.ask(Snapshots.complex(9)).source()).isEqualTo(Source.CACHE);
        }
    }

    @Test
    void aNewVersionRetiresAllOfThoseThatAlternated() {
        try (Bench bench = new Bench()) {
            for (int i = 0; i < 40; i++) {
                askOf(bench, i, i % 2 == 0 ? "a" : "b");
            }
            askOf(bench, 40, "c");

            bench.model.always(serving(Replies.MODEL, "c"));
            for (int i = 36; i < 40; i++) {
                assertThat(bench.ask(Snapshots.complex(i)).source()).isEqualTo(Source.REMOTE);
            }
            assertThat(bench.ask(Snapshots.complex(40)).source()).isEqualTo(Source.CACHE);
        }
    }

    private static void askOf(Bench bench, int question, String fingerprint) {
        bench.time.advance(Duration.ofMillis(1));
        bench.model.then(serving(Replies.MODEL, fingerprint));
        assertThat(bench.ask(Snapshots.complex(question)).source()).isEqualTo(Source.REMOTE);
    }

    @Test
    void aReplyToAnEarlierRequestDoesNotBringItsVersionBack() {
        try (Bench bench = new Bench()) {
            askOf(bench, 1, "old");
            Way.Asked late = bench.ask(Way.ASYNC, Snapshots.complex(2));
            bench.time.advance(Duration.ofMillis(1));
            askOf(bench, 3, "new");

            bench.model.exchange(1).reply(reply(Replies.MODEL, "old"));

            assertThat(late.answer().source()).isEqualTo(Source.REMOTE);
            bench.model.always(serving(Replies.MODEL, "new"));
            assertThat(bench.ask(Snapshots.complex(3)).source()).isEqualTo(Source.CACHE);
            assertThat(bench.ask(Snapshots.complex(1)).source()).isEqualTo(Source.REMOTE);
            assertThat(bench.ask(Snapshots.complex(2)).source()).isEqualTo(Source.REMOTE);
        }
    }

    @Test
    void anotherProcessLearnsOfANewVersionFromItsAnswers() {
        ManualTime time = new ManualTime();
        SignalCache shared = SignalCache.inMemory(100);
        try (Bench one = new Bench(time, options -> options.cache(shared));
                Bench two = new Bench(time, options -> options.cache(shared))) {
            askOf(one, 1, "old");
            askOf(two, 2, "old");
            askOf(one, 3, "new");

            assertThat(two.ask(Snapshots.complex(3)).source()).isEqualTo(Source.CACHE);
            two.model.always(serving(Replies.MODEL, "new"));
            assertThat(two.ask(Snapshots.complex(2)).source())
                    .as("its own, of the old version")
                    .isEqualTo(Source.REMOTE);
        }
    }

    @Test
    void aProcessThatHasJustStartedTakesWhatItFindsUntilItKnowsBetter() {
        ManualTime time = new ManualTime();
        SignalCache shared = SignalCache.inMemory(100);
        try (Bench before = new Bench(time, options -> options.cache(shared));
                Bench after = new Bench(time, options -> options.cache(shared))) {
            askOf(before, 1, "old");
            askOf(before, 2, "old");

            assertThat(after.ask(Snapshots.complex(1)).source()).isEqualTo(Source.CACHE);
            askOf(after, 3, "new");
            after.model.always(serving(Replies.MODEL, "new"));
            assertThat(after.ask(Snapshots.complex(2)).source()).isEqualTo(Source.REMOTE);
        }
    }

    @Test
    void theVersionsOfTwoModelsDoNotConcernEachOther() {
        FakeModel second = new FakeModel("second-model");
        try (Bench bench = new Bench(options -> options.thenRemote(second))) {
            askOf(bench, 1, "fp_1");
            bench.model.then(FakeModel.failing(Reason.REJECTED));
            second.then(serving("second-model", "fp_9"));
            bench.time.advance(Duration.ofMillis(1));
            assertThat(provenance(bench.ask(Snapshots.complex(2))).fingerprint())
                    .isEqualTo("fp_9");

            assertThat(bench.ask(Snapshots.complex(1)).source()).isEqualTo(Source.CACHE);
            assertThat(bench.ask(Snapshots.complex(2)).source()).isEqualTo(Source.CACHE);
        }
    }

    /** Whoever has seen the new version is never given the old one, however late its last replies come in. */
    @Test
    void underARaceTheOldVersionNeverComesBack() throws Exception {
        for (int round = 0; round < 40; round++) {
            ServedVersions versions = new ServedVersions(List.of(new FakeModel(NAME)), System::nanoTime);
            AtomicBoolean switched = new AtomicBoolean();
            AtomicBoolean newSeen = new AtomicBoolean();
            AtomicInteger asked = new AtomicInteger();
            AtomicInteger oldReplies = new AtomicInteger();
            AtomicInteger newReplies = new AtomicInteger();
            AtomicInteger oldGiven = new AtomicInteger();
            CachedSignal old = entry("old", 0);
            List<Callable<Void>> askers = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                askers.add(() -> {
                    for (int i = 0; i < 2_000; i++) {
                        boolean knew = newSeen.get();
                        long askedNanos = System.nanoTime();
                        String version = switched.get() ? "new" : "old";
                        if (asked.incrementAndGet() == 4_000) {
                            switched.set(true);
                        }
                        versions.replied(NAME, NAME, version, askedNanos, 1);
                        (version.equals("old") ? oldReplies : newReplies).incrementAndGet();
                        if (version.equals("new")) {
                            newSeen.set(true);
                        }
                        if (knew && versions.accepts(old)) {
                            oldGiven.incrementAndGet();
                        }
                    }
                    return null;
                });
            }
            ExecutorService pool = Executors.newFixedThreadPool(askers.size());
            try {
                for (Future<Void> done : pool.invokeAll(askers)) {
                    done.get(60, TimeUnit.SECONDS);
                }
            } finally {
                pool.shutdownNow();
            }

            assertThat(oldReplies.get() + newReplies.get()).isEqualTo(8_000);
            assertThat(oldReplies.get()).isGreaterThanOrEqualTo(4_000);
            assertThat(oldGiven).hasValue(0);
            assertThat(versions.accepts(entry("new", 0))).isTrue();
        }
    }

    /** Callers who have seen an answer of the new version get no cached one of the old, in an engine under load. */
    @Test
    void underLoadNoCachedAnswerOfTheOldVersionFollowsOneOfTheNew() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        FakeModel model = new FakeModel(NAME)
                .always(exchange ->
                        exchange.reply(reply(Replies.MODEL, asked.incrementAndGet() <= 30 ? "old" : "new")));
        AtomicBoolean newSeen = new AtomicBoolean();
        AtomicInteger oldAfterNew = new AtomicInteger();
        AtomicInteger cached = new AtomicInteger();
        int threads = 4;
        int each = 1_000;
        try (InferenceEngine engine = InferenceEngine.builder()
                .remote(model)
                .replyVerifier(Replies::verify)
                .clock(new ManualTime().wall())
                .timeout(Duration.ofSeconds(30))
                .build()) {
            List<Callable<Void>> callers = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                Random random = new Random(thread);
                callers.add(() -> {
                    for (int i = 0; i < each; i++) {
                        boolean knew = newSeen.get();
                        Inference answer = engine.infer(Snapshots.complex(random.nextInt(60)));
                        boolean isNew = "new".equals(provenance(answer).fingerprint());
                        if (isNew) {
                            newSeen.set(true);
                        }
                        if (answer.source() == Source.CACHE) {
                            cached.incrementAndGet();
                            oldAfterNew.addAndGet(knew && !isNew ? 1 : 0);
                        }
                    }
                    return null;
                });
            }
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            try {
                for (Future<Void> done : pool.invokeAll(callers)) {
                    done.get(60, TimeUnit.SECONDS);
                }
            } finally {
                pool.shutdownNow();
            }
        }

        assertThat(oldAfterNew).hasValue(0);
        assertThat(cached.get()).isGreaterThan(threads * each / 2);
        assertThat(asked.get()).as("each question twice at most").isLessThanOrEqualTo(2 * 60);
    }

    private static CachedSignal entry(String fingerprint, long answeredAtMs) {
        return new CachedSignal(
                ((Accepted) Replies.verify(
                                Replies.BUY,
                                AnonymizedSnapshot.builder(Timeframe.H1, Resolution.COARSE)
                                        .build()))
                        .signal(),
                NAME,
                fingerprint,
                NAME,
                "p",
                answeredAtMs,
                Long.MAX_VALUE);
    }

    private static Consumer<FakeModel.Exchange> serving(String model, @Nullable String fingerprint) {
        return FakeModel.replying(reply(model, fingerprint));
    }

    private static RemoteReply reply(String model, @Nullable String fingerprint) {
        return new RemoteReply("BUY", Finish.STOP, Replies.USAGE, model, fingerprint);
    }

    private static Provenance provenance(Inference answer) {
        return answer.provenance().orElseThrow();
    }
}
