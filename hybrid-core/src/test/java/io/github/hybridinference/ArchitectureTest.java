package io.github.hybridinference;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds the package rule: the root uses the stages, a stage uses only the model, nothing uses the root. */
@AnalyzeClasses(packages = ArchitectureTest.ROOT, importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

    static final String ROOT = "io.github.hybridinference";
    private static final String MODEL = ROOT + ".model";

    @ArchTest
    static final ArchRule STAGES_KNOW_THE_MODEL_ONLY = slices().matching(ROOT + ".(*)")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(alwaysTrue(), resideInAPackage(MODEL))
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
    static final ArchRule NO_CYCLE_BETWEEN_PACKAGES =
            slices().matching("io.github.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_LIST_OF_PACKAGES_IS_CLOSED = classes()
            .should()
            .resideInAnyPackage(
                    ROOT,
                    MODEL,
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
