package io.github.hybridinference.eval;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Holds the order of the packages: experiments and context build on journal and evaluation, and not on each other. */
@AnalyzeClasses(packages = ArchitectureTest.ROOT, importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
    static final String ROOT = "io.github.hybridinference.eval";
    private static final String EXPERIMENT = ROOT + ".experiment";
    private static final String CONTEXT = ROOT + ".context";
    private static final String JOURNAL = ROOT + ".journal";

    @ArchTest
    static final ArchRule NO_CYCLE_BETWEEN_PACKAGES =
            slices().matching("io.github.(**)").should().beFreeOfCycles();

    /** A builder and what it builds may know each other; nested classes count as part of the outer one. */
    @ArchTest
    static void noMoreThanTwoClassesDependOnEachOther(JavaClasses classes) {
        Map<JavaClass, Set<JavaClass>> uses = new TreeMap<>(Comparator.comparing(JavaClass::getName));
        for (JavaClass one : classes) {
            Set<JavaClass> used = uses.computeIfAbsent(outermost(one), outer -> new HashSet<>());
            one.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> outermost(dependency.getTargetClass()))
                    .filter(target -> !target.equals(outermost(one)) && classes.contain(target.getName()))
                    .forEach(used::add);
        }
        Map<JavaClass, Set<JavaClass>> reachable = new HashMap<>();
        uses.keySet().forEach(from -> reachable.put(from, reachableFrom(from, uses)));
        Set<Set<String>> cycles = new HashSet<>();
        for (JavaClass one : uses.keySet()) {
            Set<String> cycle = reachable.get(one).stream()
                    .filter(other -> reachable.get(other).contains(one))
                    .map(JavaClass::getSimpleName)
                    .collect(Collectors.toCollection(TreeSet::new));
            if (cycle.size() > 2) {
                cycles.add(cycle);
            }
        }
        assertThat(uses).hasSizeGreaterThan(50);
        assertThat(cycles).isEmpty();
    }

    private static JavaClass outermost(JavaClass nested) {
        return nested.getEnclosingClass().map(ArchitectureTest::outermost).orElse(nested);
    }

    private static Set<JavaClass> reachableFrom(JavaClass from, Map<JavaClass, Set<JavaClass>> uses) {
        Set<JavaClass> seen = new HashSet<>();
        Deque<JavaClass> open = new ArrayDeque<>(uses.get(from));
        while (!open.isEmpty()) {
            JavaClass next = open.pop();
            if (seen.add(next)) {
                open.addAll(uses.getOrDefault(next, Set.of()));
            }
        }
        return seen;
    }

    @ArchTest
    static final ArchRule A_JOURNAL_STANDS_ALONE = noClasses()
            .that()
            .resideInAPackage("..eval.journal")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.github.hybridinference.eval", "..eval.report", "..eval.experiment", "..eval.context")
            .because("recording goes on in production, where nothing is evaluated");

    @ArchTest
    static final ArchRule NOTHING_USES_EXPERIMENTS_OR_CONTEXT = noClasses()
            .that()
            .resideInAnyPackage(ROOT, JOURNAL)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(EXPERIMENT, CONTEXT)
            .because("they can be left out");

    @ArchTest
    static final ArchRule EXPERIMENTS_AND_CONTEXT_DO_NOT_KNOW_EACH_OTHER = noClasses()
            .that()
            .resideInAPackage(EXPERIMENT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(CONTEXT)
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("java.net.http..")
            .because("an experiment contacts models only");
}
