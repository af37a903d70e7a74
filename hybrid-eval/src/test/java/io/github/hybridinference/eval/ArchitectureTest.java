package io.github.hybridinference.eval;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds the packages apart: a journal knows nothing of what is made of it. */
@AnalyzeClasses(packagesOf = ArchitectureTest.class, importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule NO_CYCLE_BETWEEN_PACKAGES =
            slices().matching("io.github.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule A_JOURNAL_STANDS_ALONE = noClasses()
            .that()
            .resideInAPackage("..eval.journal")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.github.hybridinference.eval", "..eval.report", "..eval.experiment", "..eval.context")
            .because("recording goes on in production, where nothing is evaluated");
}
