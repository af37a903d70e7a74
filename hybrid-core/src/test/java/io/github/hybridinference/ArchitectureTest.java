package io.github.hybridinference;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the package rule: the root uses the stages, a stage uses only the model, nothing uses the root. */
@AnalyzeClasses(packages = ArchitectureTest.ROOT, importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

    static final String ROOT = "io.github.hybridinference";
    private static final String MODEL = ROOT + ".model";
    private static final String INTERNAL = ROOT + ".internal";

    @ArchTest
    static final ArchRule STAGES_KNOW_THE_MODEL_ONLY = slices().matching(ROOT + ".(*)")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(alwaysTrue(), resideInAPackage(MODEL))
            .ignoreDependency(resideInAPackage(INTERNAL), alwaysTrue())
            .ignoreDependency(resideInAPackage(ROOT + ".reply"), resideInAPackage(ROOT + ".remote"))
            .ignoreDependency(resideInAPackage(ROOT + ".remote"), resideInAPackage(ROOT + ".budget"))
            .because("a stage can then be read, tested and replaced by itself; a verifier reads what the port returns,"
                    + " and an adapter quotes what a price table says");

    @ArchTest
    static final ArchRule NOTHING_USES_THE_ROOT = noClasses()
            .that()
            .resideInAPackage(ROOT + ".*")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT)
            .because("the root is the one place that puts the stages together");

    @ArchTest
    static final ArchRule ONLY_THE_ROOT_USES_ITS_INTERNALS = classes()
            .that()
            .resideInAPackage(INTERNAL)
            .should()
            .onlyHaveDependentClassesThat()
            .resideInAnyPackage(ROOT, INTERNAL)
            .because("they are public for the root alone");

    /** With package-info.java. A file more is a reason to look for what knows nothing of the path. */
    @Test
    void theRootHasAtMost32Files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/java", ROOT.replace('.', '/')))) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))).hasSizeBetween(10, 32);
        }
    }

    @ArchTest
    static final ArchRule NO_CYCLE_BETWEEN_PACKAGES =
            slices().matching("io.github.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_LIST_OF_PACKAGES_IS_CLOSED = classes()
            .should()
            .resideInAnyPackage(
                    ROOT,
                    MODEL,
                    INTERNAL,
                    ROOT + ".classify",
                    ROOT + ".local",
                    ROOT + ".anonymize",
                    ROOT + ".cache",
                    ROOT + ".remote",
                    ROOT + ".budget",
                    ROOT + ".reply",
                    ROOT + ".audit")
            .because("a new package is a decision about the design, to be recorded");
}
