package io.github.hybridinference.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hybridinference.EngineHealth;
import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.InferenceListener;
import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.audit.EgressLog;
import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.cache.CallLease;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.classify.ScenarioClassifier;
import io.github.hybridinference.local.LocalRuleModel;
import io.github.hybridinference.local.VotingRules;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.FeatureFile;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Provenance;
import io.github.hybridinference.model.RuleVerdict;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.reply.ReplyVerifier;
import io.github.hybridinference.testkit.network.ConnectProxy;
import io.github.hybridinference.testkit.network.PrivateAuthority;
import io.github.hybridinference.testkit.network.TlsFront;
import io.github.hybridinference.testkit.standin.Behaviour;
import io.github.hybridinference.testkit.standin.RequestInfo;
import io.github.hybridinference.testkit.standin.StandIn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.util.ClassUtils;

/** What the starters make of properties and beans. */
public abstract class AutoConfigurationContract {
    private static final String MICROMETER = "io.micrometer";
    private static final String REDIS = "io.github.hybridinference.redis";
    private static final String DEEPSEEK = "io.github.hybridinference.deepseek";
    private static final String TESTKIT = "io.github.hybridinference.testkit";

    /** A key that no text may repeat. */
    private static final String KEY = "sk-0123456789abcdef";

    private final ApplicationContextRunner runner =
            ours().withPropertyValues("hybrid.redis.enabled=false", "hybrid.warm-up=false");

    @TempDir
    private Path folder;

    /** An application with all that is on the class path. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    // ---- models

    private static final String FEATURES = """
            features:
              - name: my_alpha
                unit: score
                range: [-1, 1]
                step: 0.25
                meaning: Strength of the breakout model
            """;

    @Test
    void answersByRulesWithoutAnyProperty() {
        runner.withUserConfiguration(Application.class).run(context -> {
            Inference answer = context.getBean(InferenceEngine.class).infer(Snapshots.simple());
            assertThat(answer.source()).isEqualTo(Source.LOCAL);
        });
    }

    @Test
    void asksTheModelsOfThePropertiesInTheirOrder() {
        try (StandIn second = StandIn.builder().start()) {
            runner.withPropertyValues(
                            "hybrid.models[0].base-url=http://127.0.0.1:1",
                            "hybrid.models[0].name=first",
                            "hybrid.models[0].dialect=ollama",
                            "hybrid.models[1].base-url=" + second.baseUrl(),
                            "hybrid.models[1].api-key=" + KEY,
                            "hybrid.max-attempts=1",
                            "hybrid.timeout=20s",
                            "hybrid.remote-timeout=20s")
                    .run(context -> {
                        Inference answer =
                                context.getBean(InferenceEngine.class).infer(Snapshots.complex());
                        assertThat(answer.source()).isEqualTo(Source.REMOTE);
                        assertThat(answer.provenance().map(Provenance::model)).contains("deepseek-flash-simulated");
                        assertThat(context.getBean(InferenceEngine.class)
                                        .stats()
                                        .upstreamAttempts())
                                .isEqualTo(2);
                        assertThat(second.requests()).isEqualTo(1);
                    });
        }
    }

    @Test
    void asksModelsThatAreBeansInPlaceOfThoseOfTheProperties() {
        runner.withUserConfiguration(TwoModels.class)
                .withPropertyValues("hybrid.models[0].api-key=" + KEY)
                .run(context -> {
                    Inference answer = context.getBean(InferenceEngine.class).infer(Snapshots.complex());
                    assertThat(answer.provenance().map(Provenance::model)).contains("second");
                    assertThat(context.getBean("one", ModelInProcess.class).asked)
                            .hasValue(1);
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoModels {
        @Bean
        @Order(2)
        ModelInProcess two() {
            return ModelInProcess.replying("second");
        }

        @Bean
        @Order(1)
        ModelInProcess one() {
            return ModelInProcess.failing("first");
        }
    }

    @Test
    void asksNoModelInTheModeOfRulesOnly() {
        runner.withUserConfiguration(TwoModels.class)
                .withPropertyValues("hybrid.mode=rules-only", "hybrid.models[0].api-key=${NOT_SET}")
                .run(context -> {
                    context.getBean(InferenceEngine.class).infer(Snapshots.complex());
                    assertThat(context.getBean("one", ModelInProcess.class).asked)
                            .hasValue(0);
                });
    }

    @Test
    void asksTheSimulatedModelInPlaceOfAllOthers() {
        runner.withUserConfiguration(TwoModels.class)
                .withPropertyValues("hybrid.mode=simulated", "hybrid.timeout=20s", "hybrid.remote-timeout=20s")
                .run(context -> {
                    Inference answer = context.getBean(InferenceEngine.class).infer(Snapshots.complex());
                    assertThat(answer.source()).isEqualTo(Source.REMOTE);
                    assertThat(context.getBean(StandIn.class).requests()).isEqualTo(1);
                    assertThat(context.getBean("one", ModelInProcess.class).asked)
                            .hasValue(0);
                });
    }

    @Test
    void makesNothingIfTurnedOff() {
        runner.withPropertyValues("hybrid.enabled=false", "hybrid.models[0].api-key=")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(InferenceEngine.class)
                        .doesNotHaveBean(LocalRuleModel.class)
                        .doesNotHaveBean(WarmUpLifecycle.class));
    }

    // ---- customizers

    @Test
    void leavesWhatCustomizersHaveSet() {
        runner.withUserConfiguration(Customizers.class)
                .withPropertyValues(
                        "hybrid.models[0].api-key=" + KEY, "hybrid.max-attempts=2", "hybrid.cache.max-entries=7")
                .run(context -> {
                    InferenceEngine engine = context.getBean(InferenceEngine.class);
                    assertThat(engine.infer(Snapshots.complex()).provenance().map(Provenance::model))
                            .contains("of a customizer");
                    assertThat(context.getBean(Customizers.class).order).containsExactly("first", "second");
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class Customizers {
        final List<String> order = new ArrayList<>();

        @Bean
        @Order(2)
        InferenceEngineCustomizer second() {
            return builder -> {
                order.add("second");
                builder.maxAttempts(1).cache(SignalCache.none());
            };
        }

        @Bean
        @Order(1)
        InferenceEngineCustomizer first() {
            return builder -> {
                order.add("first");
                builder.remote(ModelInProcess.replying("of a customizer")).rules(LocalRuleModel.standard());
            };
        }
    }

    // ---- beans

    @Test
    void backsOffForAnEngineOfTheApplication() {
        InferenceEngine own = InferenceEngine.builder().build();
        runner.withBean("own", InferenceEngine.class, () -> own)
                .run(context ->
                        assertThat(context.getBean(InferenceEngine.class)).isSameAs(own));
    }

    static Stream<Class<?>> parts() {
        return Stream.of(
                LocalRuleModel.class,
                ScenarioClassifier.class,
                Anonymizer.class,
                ReplyVerifier.class,
                SignalCache.class,
                Budget.class,
                EgressLog.class);
    }

    @ParameterizedTest
    @MethodSource("parts")
    void makesAPartOnlyIfTheApplicationHasNone(Class<?> part) {
        String[] wanted = {
            "hybrid.anonymizer.resolution=fine",
            "hybrid.cache.max-entries=10",
            "hybrid.budget.per-day=5.00",
            "hybrid.egress-log=" + folder.resolve("sent.jsonl")
        };
        runner.withPropertyValues(wanted)
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(part));
        runner.withPropertyValues(wanted).withUserConfiguration(OwnParts.class).run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(part);
            assertThat(context.getBeanNamesForType(part)[0]).startsWith("own");
        });
    }

    @Test
    void usesThePartsOfTheApplication() {
        runner.withUserConfiguration(OwnParts.class).run(context -> {
            Inference answer = context.getBean(InferenceEngine.class).infer(Snapshots.simple());
            assertThat(answer.scenario().reason()).isEqualTo(Scenario.Reason.UNDECIDED);
            OwnParts own = context.getBean(OwnParts.class);
            assertThat(own.rulesAsked).hasValue(1);
            assertThat(own.answersHeard).hasValue(1);
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnParts {
        final AtomicInteger rulesAsked = new AtomicInteger();
        final AtomicInteger answersHeard = new AtomicInteger();

        @Bean
        LocalRuleModel ownRules() {
            return snapshot -> {
                rulesAsked.incrementAndGet();
                return LocalRuleModel.standard().evaluate(snapshot);
            };
        }

        @Bean
        ScenarioClassifier ownClassifier() {
            return (snapshot, verdict) -> Scenario.complex(Scenario.Reason.UNDECIDED);
        }

        @Bean
        Anonymizer ownAnonymizer() {
            return Anonymizer.standard();
        }

        @Bean
        ReplyVerifier ownVerifier() {
            return ReplyVerifier.standard();
        }

        @Bean
        SignalCache ownCache() {
            return SignalCache.inMemory(5);
        }

        @Bean
        CallLease ownLease() {
            return CallLease.alone();
        }

        @Bean
        Budget ownBudget() {
            return Budget.perDay("1.00");
        }

        @Bean
        EgressLog ownLog() {
            return EgressLog.to(new ByteArrayOutputStream());
        }

        @Bean
        InferenceListener ownListener() {
            return new InferenceListener() {
                @Override
                public void onAnswer(MarketSnapshot snapshot, Inference answer) {
                    answersHeard.incrementAndGet();
                }
            };
        }
    }

    // ---- properties

    @Test
    void keepsTheCapOfTheBudget() {
        runner.withBean(RemoteModel.class, () -> ModelInProcess.replying("dear"))
                .withPropertyValues("hybrid.budget.per-day=0.0001", "hybrid.budget.zone=Europe/Berlin")
                .run(context -> assertThat(context.getBean(InferenceEngine.class)
                                .infer(Snapshots.complex())
                                .degradation())
                        .contains(Degradation.BUDGET));
    }

    @Test
    void changesRulesAndThresholds() {
        runner.withPropertyValues(
                        "hybrid.rules.without[0]=macd_cross",
                        "hybrid.rules.weights.rsi_reversal=0.4",
                        "hybrid.classifier.high-volatility-pct=2")
                .run(context -> {
                    assertThat(context.getBean(InferenceEngine.class)
                                    .infer(Snapshots.complex(60))
                                    .scenario()
                                    .reason())
                            .isNotEqualTo(Scenario.Reason.HIGH_VOLATILITY);
                    assertThat(context.getBean(LocalRuleModel.class))
                            .asInstanceOf(InstanceOfAssertFactories.type(VotingRules.class))
                            .satisfies(rules -> assertThat(rules.names()).doesNotContain("macd_cross"));
                });
        runner.withPropertyValues("hybrid.classifier.high-volatility-pct=1.9")
                .run(context -> assertThat(context.getBean(InferenceEngine.class)
                                .infer(Snapshots.complex(60))
                                .scenario()
                                .reason())
                        .isEqualTo(Scenario.Reason.HIGH_VOLATILITY));
    }

    @Test
    void sendsCustomFeaturesOfPropertiesFileAndBeansAndRecordsIt() throws IOException {
        Feature spread = Feature.custom("spread_bp", 0, 100, 3);
        Feature mood = Feature.custom("desk_mood", -1, 1, 2);
        Path log = folder.resolve("sent.jsonl");
        Path file = folder.resolve("features.yml");
        Files.writeString(file, FEATURES);
        Feature alpha = FeatureFile.read(file).get(0);
        try (StandIn service = StandIn.builder().start()) {
            runner.withBean(Feature.class, () -> mood)
                    .withPropertyValues(
                            "hybrid.models[0].base-url=" + service.baseUrl(),
                            "hybrid.models[0].api-key=" + KEY,
                            "hybrid.egress-log=" + log,
                            "hybrid.timeout=20s",
                            "hybrid.remote-timeout=20s",
                            "hybrid.anonymizer.resolution=fine",
                            "hybrid.features-file=" + file,
                            "hybrid.custom-features[0].name=spread_bp",
                            "hybrid.custom-features[0].low=0",
                            "hybrid.custom-features[0].high=100",
                            "hybrid.custom-features[0].digits=3")
                    .run(context -> {
                        MarketSnapshot snapshot = MarketSnapshot.builder("BTC-USDT", Timeframe.H1)
                                .rsi(50)
                                .volatilityPct(2)
                                .feature(spread, 12.5)
                                .feature(mood, 0.5)
                                .feature(alpha, 0.25)
                                .build();
                        assertThat(context.getBean(InferenceEngine.class)
                                        .infer(snapshot)
                                        .source())
                                .isEqualTo(Source.REMOTE);
                    });
        }
        assertThat(log).content().contains("spread_bp", "desk_mood", "my_alpha").doesNotContain(KEY);
    }

    @Test
    void aRouterOfAFileNarrowsTheConfiguredClassifier() throws IOException {
        String hour = "{\"scenarios\":1,\"probabilities\":[0.5]}";
        String router = "{\"format\":2,\"trained\":\"2026-11-28\",\"timeframe\":\"1h\",\"examples\":1,\"intercept\":0,"
                + "\"features\":[{\"name\":\"rsi\",\"mean\":50,\"deviation\":10,\"weight\":100}],"
                + "\"calibration\":{\"slope\":1,\"shift\":0},\"gain_bps\":{\"all\":1,\"by_reason\":{}},"
                + "\"threshold\":{\"probability\":0.5},\"hours\":[" + (hour + ",").repeat(23) + hour + "]}";
        Path file = folder.resolve("secret.json");
        Files.writeString(file, router);
        runner.withPropertyValues("hybrid.router-file=" + file, "hybrid.classifier.neutral-rsi-high=58")
                .run(context -> {
                    ScenarioClassifier classifier = context.getBean(ScenarioClassifier.class);
                    // from 50 on it asks, and the table's neutral RSI reaches to 58
                    assertThat(classifier.classify(market(57), RuleVerdict.noData()))
                            .isEqualTo(Scenario.complex(Scenario.Reason.NEUTRAL_RSI));
                    assertThat(classifier
                                    .classify(market(47), RuleVerdict.noData())
                                    .propensity())
                            .isLessThan(1);
                });
        assertRouterRefused(folder.resolve("none.json"), "it names no file in UTF-8 that can be read");
        Files.writeString(file, router.replace("\"format\":2", "\"format\":1"));
        assertRouterRefused(file, "this release reads router models of format 2");
    }

    private static MarketSnapshot market(double rsi) {
        return MarketSnapshot.builder("X", Timeframe.H1).rsi(rsi).build();
    }

    private void assertRouterRefused(Path file, String reason) {
        runner.withPropertyValues("hybrid.router-file=" + file)
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContainingAll("hybrid.router-file", reason)
                        .message()
                        .doesNotContain("secret"));
    }

    @Test
    void refusesAFileOfFeaturesThatIsNone() throws IOException {
        Path file = folder.resolve("secret.yml");
        assertFileRefused(file, "it names no file of at most 64 kB in UTF-8 that can be read");
        Files.writeString(file, FEATURES.replace("step", "steps"));
        assertFileRefused(file, "line 5: the keys are name, unit, range, step, meaning");
        Files.writeString(file, FEATURES.replace("my_alpha", "spread_bp"));
        assertFileRefused(file, "hybrid.custom-features has a feature of the same name");
    }

    private void assertFileRefused(Path file, String reason) {
        runner.withPropertyValues(
                        "hybrid.features-file=" + file,
                        "hybrid.custom-features[0].name=spread_bp",
                        "hybrid.custom-features[0].low=0",
                        "hybrid.custom-features[0].high=100",
                        "hybrid.custom-features[0].digits=3")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContainingAll("hybrid.features-file", reason)
                        .message()
                        .doesNotContain("secret"));
    }

    @ParameterizedTest
    @CsvSource({
        "hybrid.timeout, 0s",
        "hybrid.timeout, 2h",
        "hybrid.remote-timeout, 10ms",
        "hybrid.max-attempts, 11",
        "hybrid.max-calls-in-flight, 0",
        "hybrid.breaker.max-consecutive-failures, -1",
        "hybrid.breaker.open-for, 0s",
        "hybrid.budget.per-day, -5",
        "hybrid.budget.shared, true",
        "hybrid.cache.max-entries, -1",
        "hybrid.cache.ttl, 25h",
        "hybrid.cache.refresh-after, 0s",
        "hybrid.cache.secret, too-short-4711",
        "hybrid.rules.without[0], no_such_rule",
        "hybrid.classifier.conflict-weight, 0",
        "hybrid.classifier.decisive-score, 1.5",
        "hybrid.models[0].api-key, ''",
        "hybrid.models[0].api-key, two words",
        "hybrid.models[0].api-key, ${NO_SUCH_VARIABLE}",
        "hybrid.models[0].base-url, http://example.com",
        "hybrid.models[0].name, not a name",
        "hybrid.models[0].max-output-tokens, 3",
        "hybrid.models[0].key-header, not a header",
        "hybrid.models[0].headers.x-note, ${NO_SUCH_VARIABLE}",
        "hybrid.models[0].path, no-slash",
        "hybrid.models[0].prices.input, 0.0001",
        "hybrid.models[0].prompt.version, 7",
        "hybrid.models[0].proxy, socks5://proxy.example",
        "hybrid.models[0].proxy, ${NO_SUCH_VARIABLE}",
        "hybrid.models[0].tls.trust-store, no-such-file.p12",
        "hybrid.models[0].tls.client-certificate, no-such-file.p12",
        "hybrid.models[0].prices-file, file:no-such-file.csv",
    })
    void namesAPropertyThatCannotBeUsedAndNeverItsValue(String property, String value) {
        List<String> pairs = new ArrayList<>(List.of("hybrid.models[0].api-key=" + KEY));
        if (property.startsWith("hybrid.models[0].prices.")) {
            pairs.addAll(List.of("hybrid.models[0].prices.output=1", "hybrid.models[0].prices.cached-input=1"));
        }
        if (property.startsWith("hybrid.budget.shared")) {
            pairs.add("hybrid.budget.per-day=5");
        }
        pairs.add(property + "=" + value);
        runner.withPropertyValues(pairs.toArray(new String[0])).run(context -> {
            assertThat(context).hasFailed();
            assertThat(context.getStartupFailure())
                    .rootCause()
                    .isInstanceOf(InvalidSettingException.class)
                    .satisfies(failure -> {
                        InvalidSettingException refused = (InvalidSettingException) failure;
                        String expected = property.equals("hybrid.models[0].prompt.version")
                                ? "hybrid.models[0].prompt.file"
                                : property.replace("[0].prices.input", "[0].prices.input");
                        assertThat(refused.property()).contains(expected.substring(expected.lastIndexOf('.') + 1));
                        assertThat(refused.getMessage()).doesNotContain(KEY);
                        if (value.length() > 4) {
                            assertThat(refused.getMessage()).doesNotContain(value);
                        }
                    });
        });
    }

    @Test
    void asksThroughAProxyAServiceOfAPrivateAuthority(@TempDir Path directory) throws Exception {
        PrivateAuthority authority = new PrivateAuthority();
        Path trust = Files.writeString(directory.resolve("authority.pem"), authority.pem());
        try (StandIn service = StandIn.builder().start();
                TlsFront front = TlsFront.start(
                        authority.context(authority.issue("model.internal")),
                        new InetSocketAddress(
                                InetAddress.getLoopbackAddress(),
                                service.baseUrl().getPort()));
                ConnectProxy proxy = ConnectProxy.start("user", "pass-word")
                        .host(
                                "model.internal:443",
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), front.port()))) {
            runner.withPropertyValues(
                            "hybrid.models[0].api-key=" + KEY,
                            "hybrid.models[0].base-url=https://model.internal",
                            "hybrid.models[0].proxy=http://user:pass-word@127.0.0.1:" + proxy.port(),
                            "hybrid.models[0].tls.trust-store=" + trust)
                    .run(context -> assertThat(context.getBean(InferenceEngine.class)
                                    .infer(Snapshots.complex())
                                    .source())
                            .isEqualTo(Source.REMOTE));
            assertThat(proxy.seen()).doesNotContain(KEY);
        }
    }

    @Test
    void allowsPlainHttpBeyondThisMachineWithoutAKey() {
        runner.withPropertyValues(
                        "hybrid.models[0].dialect=ollama",
                        "hybrid.models[0].name=some-model",
                        "hybrid.models[0].base-url=http://ollama.example:11434/v1",
                        "hybrid.models[0].allow-plain-http=true",
                        "hybrid.models[0].proxy=none")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void asksForTheKeyOfAServiceOnAnotherMachine() {
        runner.withPropertyValues("hybrid.models[0].name=deepseek-flash")
                .run(
                        context -> assertThat(context.getStartupFailure())
                                .rootCause()
                                .hasMessage(
                                        "hybrid.models[0].api-key: it is not set, and a service on another machine needs a key"));
    }

    // ---- what is not on the class path

    @ParameterizedTest
    @ValueSource(
            strings = {
                MICROMETER,
                "io.github.hybridinference.micrometer",
                REDIS,
                DEEPSEEK,
                TESTKIT,
                "io.micrometer.observation",
                "org.springframework.boot.actuate",
                "org.springframework.boot.health",
                "org.springframework.data.redis",
                "org.springframework.boot.data.redis",
                "org.springframework.boot.autoconfigure.data.redis"
            })
    void startsWithout(String library) {
        ours().withClassLoader(new FilteredClassLoader(library)).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(InferenceEngine.class)
                            .infer(Snapshots.simple())
                            .source())
                    .isEqualTo(Source.LOCAL);
        });
    }

    /**
     * Our own auto-configurations only: a start takes a tenth of the time, and those of Spring Boot do not take it well if half of
     * a library is hidden from them.
     */
    private static ApplicationContextRunner ours() {
        List<Class<?>> configurations = new ArrayList<>();
        for (String name : ImportCandidates.load(AutoConfiguration.class, null)) {
            if (name.startsWith("io.github.hybridinference.")) {
                configurations.add(ClassUtils.resolveClassName(name, null));
            }
        }
        assertThat(configurations).hasSize(8);
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(configurations.toArray(new Class<?>[0])))
                .withPropertyValues("hybrid.warm-up=false");
    }

    @ParameterizedTest
    @CsvSource({
        DEEPSEEK + ", hybrid.models[0].api-key=sk-0123456789abcdef, hybrid-deepseek",
        TESTKIT + ", hybrid.mode=simulated, hybrid-testkit",
        REDIS + ", hybrid.redis.uri=redis://localhost, hybrid-redis",
    })
    void namesTheModuleThatAPropertyNeeds(String missing, String property, String module) {
        runner.withClassLoader(new FilteredClassLoader(missing))
                .withPropertyValues("hybrid.redis.enabled=true", property)
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOf(InvalidSettingException.class)
                        .hasMessageContaining(module));
    }

    // ---- lifecycle

    @Test
    void closesTheEngineAndThenItsParts() {
        ModelInProcess model = ModelInProcess.replying("model");
        InferenceEngine[] engine = new InferenceEngine[1];
        runner.withBean(RemoteModel.class, () -> model).run(context -> {
            engine[0] = context.getBean(InferenceEngine.class);
            assertThat(model.isClosed).isFalse();
        });
        assertThat(engine[0].health().status()).isEqualTo(EngineHealth.Status.UNHEALTHY);
        assertThatIllegalStateException().isThrownBy(() -> engine[0].infer(Snapshots.simple()));
        assertThat(model.isClosed).isTrue();
    }

    @Test
    void sendsWhatAGatewayNeeds() {
        Queue<RequestInfo> seen = new ConcurrentLinkedQueue<>();
        try (StandIn service = StandIn.builder()
                .script(request -> {
                    seen.add(request);
                    return Behaviour.answer();
                })
                .start()) {
            runner.withPropertyValues(
                            "hybrid.models[0].base-url=" + service.baseUrl(),
                            "hybrid.models[0].api-key=" + KEY,
                            "hybrid.models[0].headers.x-note=note-1",
                            "hybrid.models[0].query.api-version=2024-10-21")
                    .run(context -> assertThat(context.getBean(InferenceEngine.class)
                                    .infer(Snapshots.complex())
                                    .source())
                            .isEqualTo(Source.REMOTE));
        }
        assertThat(seen)
                .singleElement()
                .satisfies(request -> assertThat(request.headers()).containsEntry("x-note", "note-1"));
    }

    @Test
    void warmsUpUnlessToldNotTo() {
        try (StandIn service = StandIn.builder().start()) {
            String[] model = {"hybrid.models[0].base-url=" + service.baseUrl(), "hybrid.models[0].api-key=" + KEY};
            runner.withPropertyValues(model)
                    .run(context -> assertThat(service.openConnections()).isZero());
            runner.withPropertyValues(model)
                    .withPropertyValues("hybrid.warm-up=true")
                    .run(context -> {
                        assertThat(service.openConnections()).isEqualTo(1);
                        assertThat(service.requests()).isZero();
                    });
        }
    }

    // ---- documentation

    /** The descriptions that editors show are there for all properties, and for all that the page lists. */
    @Test
    void describesEachProperty() throws Exception {
        Map<?, ?> metadata = new ObjectMapper()
                .readValue(
                        HybridProperties.class.getResource("/META-INF/spring-configuration-metadata.json"), Map.class);
        assertThat((List<?>) metadata.get("properties"))
                .filteredOn(property -> ((Map<?, ?>) property).get("description") == null)
                .isEmpty();
    }
}
