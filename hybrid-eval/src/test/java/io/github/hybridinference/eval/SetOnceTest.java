package io.github.hybridinference.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.classify.ScenarioClassifier;
import io.github.hybridinference.eval.context.ContextEnricher;
import io.github.hybridinference.eval.context.JsonContextSource;
import io.github.hybridinference.eval.experiment.AbTest;
import io.github.hybridinference.eval.experiment.Exam;
import io.github.hybridinference.eval.experiment.FineTuningExport;
import io.github.hybridinference.eval.experiment.Outcomes;
import io.github.hybridinference.eval.experiment.PromptSearch;
import io.github.hybridinference.eval.experiment.Shadow;
import io.github.hybridinference.eval.journal.Journal;
import io.github.hybridinference.eval.journal.JournalBuilder;
import io.github.hybridinference.eval.journal.Recording;
import io.github.hybridinference.remote.ModelIdentity;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be set once is refused the second time, on each builder of the module: the first value would be lost. */
class SetOnceTest {
    /** Setters that add to what is there, with tests of their own. */
    private static final Set<String> ADDING = Set.of(
            "ContextEnricherBuilder.source",
            "JsonContextSourceBuilder.map",
            "JsonContextSourceBuilder.header",
            "PromptSearch.variants",
            "PromptSearch.baseline");

    private static final List<Supplier<Object>> BUILDERS = List.of(
            () -> Journal.in(Path.of("unused")),
            () -> Shadow.of(InferenceEngine.builder(), Budget.unlimited()),
            () -> AbTest.between(dummy(InferenceEngine.class), dummy(InferenceEngine.class)),
            ContextEnricher::builder,
            () -> JsonContextSource.get("unused", URI.create("https://api.example.com/")),
            () -> Evaluation.of(Walks.history(Walks.random(1, 200))),
            () -> FineTuningExport.of(exam()),
            () -> PromptSearch.on(exam()));

    static Stream<Arguments> setters() {
        return BUILDERS.stream()
                .flatMap(builder -> Arrays.stream(builder.get().getClass().getMethods())
                        .filter(SetOnceTest::isSetter)
                        .filter(method -> !ADDING.contains(nameOf(method)))
                        .map(method -> Arguments.of(nameOf(method), method, builder)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("setters")
    void isRefusedTheSecondTime(String name, Method setter, Supplier<Object> fresh) throws Exception {
        Object builder = fresh.get();
        Class<?>[] types = setter.getParameterTypes();
        Object[] arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            arguments[i] = types[i] == double.class ? Double.valueOf(0.5 + 0.1 * i) : valid(types[i]);
        }
        assertThat(setter.invoke(builder, arguments)).isSameAs(builder);
        assertThatThrownBy(() -> setter.invoke(builder, arguments))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessage((name.equals("Evaluation.replaying") ? "engine" : setter.getName()) + " was already set");
    }

    @Test
    void aRefusedValueMayBeCorrected() {
        JournalBuilder builder = Journal.in(Path.of("unused"));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.queueLines(0));
        assertThatNoException().isThrownBy(() -> builder.queueLines(1));
    }

    @Test
    void findsTheSetters() {
        assertThat(setters().map(arguments -> arguments.get()[0]))
                .contains("JournalBuilder.keepingSymbols", "ShadowBuilder.share", "AbTestBuilder.outcomes")
                .hasSizeGreaterThanOrEqualTo(26);
    }

    private static boolean isSetter(Method method) {
        return method.getReturnType() == method.getDeclaringClass() && !Modifier.isStatic(method.getModifiers());
    }

    private static String nameOf(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }

    private static Object valid(Class<?> type) {
        Map<Class<?>, Object> values = Map.of(
                int.class,
                3,
                long.class,
                3L,
                String.class,
                "text",
                Clock.class,
                Clock.systemUTC(),
                Recording.class,
                Recording.of(List.of()),
                Anonymizer.class,
                Anonymizer.standard(),
                ScenarioClassifier.class,
                ScenarioClassifier.thresholds(),
                ModelIdentity[].class,
                new ModelIdentity[] {new ModelIdentity("m", "p", "")});
        Object value = values.get(type);
        return value == null ? dummy(type) : value;
    }

    /** Stands in for a part that is handed over and never called. */
    private static <T> T dummy(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null));
    }

    private static Exam exam() {
        return Exam.of(Recording.of(List.of()), dummy(Outcomes.class), 5);
    }
}
