package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds the rule on cycles between classes of a package: at most two classes may depend on each other, such as a value and
 * its builder. A nested class counts as part of the class around it. That the static factories of a type name its
 * implementations does not count, nor that the engine's interface names its builder.
 */
class ClassCyclesTest {
    private static final int LARGEST_CYCLE = 2;

    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(ArchitectureTest.ROOT);

    @ParameterizedTest
    @ValueSource(
            strings = {"", "model", "classify", "local", "anonymize", "cache", "remote", "budget", "reply", "audit"})
    void noMoreThanTwoClassesDependOnEachOther(String name) {
        assertThat(cyclesOf(classesOf(name.isEmpty() ? ArchitectureTest.ROOT : ArchitectureTest.ROOT + "." + name)))
                .isEmpty();
    }

    @Test
    void findsTheClassesThatDependOnEachOther() {
        Map<String, Set<String>> uses = new TreeMap<>();
        uses.put("A", Set.of("B", "D"));
        uses.put("B", Set.of("C"));
        uses.put("C", Set.of("A"));
        uses.put("D", Set.of("E"));
        uses.put("E", Set.of("D"));
        uses.put("F", Set.of("A", "F"));
        assertThat(cyclesOf(uses)).containsExactly(Set.of("A", "B", "C"));
    }

    /** Which classes of a package each of its classes uses, by simple name. */
    private static Map<String, Set<String>> classesOf(String packageName) {
        Map<String, Set<String>> uses = new TreeMap<>();
        for (JavaClass user : CLASSES) {
            if (!user.getPackageName().equals(packageName)) {
                continue;
            }
            Set<String> used = uses.computeIfAbsent(outermost(user), name -> new TreeSet<>());
            for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (target.getPackageName().equals(packageName)
                        && !isFactoryOf(user, target)
                        && !(user.isEquivalentTo(InferenceEngine.class)
                                && target.isEquivalentTo(InferenceEngineBuilder.class))) {
                    used.add(outermost(target));
                }
            }
        }
        assertThat(uses).as("classes of %s", packageName).isNotEmpty();
        return uses;
    }

    /** Whether a type names an implementation of its own, as the static factories of an interface do. */
    private static boolean isFactoryOf(JavaClass type, JavaClass implementation) {
        return !type.equals(implementation) && implementation.isAssignableTo(type.getName());
    }

    private static String outermost(JavaClass nested) {
        JavaClass around = nested;
        while (around.getEnclosingClass().isPresent()) {
            around = around.getEnclosingClass().get();
        }
        return around.getSimpleName();
    }

    /** The sets of more than two classes each of which reaches all others of its set. */
    private static List<Set<String>> cyclesOf(Map<String, Set<String>> uses) {
        Map<String, Set<String>> reached = new HashMap<>();
        uses.keySet().forEach(from -> reached.put(from, reachedFrom(from, uses)));
        List<Set<String>> cycles = new ArrayList<>();
        Set<String> seen = new TreeSet<>();
        for (String one : uses.keySet()) {
            Set<String> cycle = new TreeSet<>(reached.get(one));
            cycle.removeIf(other -> !reached.get(other).contains(one));
            if (cycle.size() > LARGEST_CYCLE && seen.add(one)) {
                seen.addAll(cycle);
                cycles.add(cycle);
            }
        }
        return cycles;
    }

    private static Set<String> reachedFrom(String start, Map<String, Set<String>> uses) {
        Set<String> reached = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(uses.get(start));
        while (!open.isEmpty()) {
            String next = open.remove();
            if (reached.add(next)) {
                open.addAll(uses.get(next));
            }
        }
        return reached;
    }
}
